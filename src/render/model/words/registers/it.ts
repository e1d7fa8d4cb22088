import { counted } from '../counted.ts'
import type { RegisterWords } from './types.ts'

/** Registers in Italian. */
export const it: RegisterWords = {
  incomplete: [
    'Incompleto: ',
    ' di questa relazione non avevano un risultato al momento della composizione.',
  ],
  cellCount: counted('it', { one: '# cella', other: '# celle' }),
  seedCount: counted('it', { one: '# seme', other: '# semi' }),
  valueCount: counted('it', { one: '# valore', other: '# valori' }),
  elementCount: counted('it', { one: '# elemento', other: '# elementi' }),
  characterCount: counted('it', { one: '# carattere', other: '# caratteri' }),
  fileCount: counted('it', { one: '# file', other: '# file' }),
  lineCount: counted('it', { one: '# riga', other: '# righe' }),
  seed: (seed) => `seme ${seed}`,
  frontPage: 'il frontespizio',
  jobs: {
    none: 'Nessun esperimento viene eseguito.',
    experiment: 'Esperimento',
    parameters: 'Parametri',
    runs: 'Lavori',
    caption:
      'Ogni esperimento con i parametri dei suoi lavori. I parametri comuni a tutti gli esperimenti di un gruppo sono dati una volta, nella sua prima riga. Un elenco tra parentesi quadre è un solo valore; un trattino significa che il parametro è rimasto aperto. I tempi sono la somma sui lavori, ciascuno misurato da solo.',
    shared: 'Tutti',
    varied: 'Variati:',
  },
  claims: {
    none: 'Nulla viene affermato.',
    claim: 'Affermazione',
    testedBy: 'Verificata da',
    holds: 'Vale',
    unknown: 'ignoto',
    caption:
      'Ogni affermazione del testo, l’espressione che deve essere vera e i valori su cui è stata verificata. Se questi differiscono tra i semi, le loro medie sono state estratte di nuovo entro i loro errori standard; sotto è data la quota di estrazioni in cui l’affermazione valeva.',
    elsewhere: (claims) =>
      `L’elenco delle ${claims} affermazioni è nella pagina HTML; le loro espressioni e i loro valori sono anche in provenance.json, allegato a questo PDF.`,
    difference: (value) => `differenza ${value}`,
    interval: (value, low, high) => `${value}, IC al 95\u00a0% da ${low} a\u00a0${high}`,
    held: (percent, redraws) => `nel ${percent} di ${redraws} estrazioni`,
  },
  data: {
    none: 'Nessun insieme di dati viene usato.',
    fact: 'Voce',
    value: 'Valore',
    caption: 'Gli insiemi di dati, con le impronte dei file da cui sono stati letti.',
    images: 'immagini',
    split: 'suddivisione',
    cleaning: 'pulizia',
    source: 'fonte',
    licence: 'licenza',
    files: 'file',
    usedBy: 'usato da',
    described: 'descritto',
    nowhere: 'in nessun risultato di questa relazione',
    bytes: counted('it', { one: '# byte', other: '# byte' }),
    splits: { train: 'addestramento', validation: 'validazione', test: 'test' },
  },
  machine: {
    none: 'Nulla viene calcolato.',
    results: 'Risultati',
    caption:
      'Che cosa ha calcolato i risultati di questa relazione, e per quanti risultati vale ogni valore. Motore e thread riguardano solo i lavori.',
    facts: {
      node: 'Node',
      platform: 'Piattaforma',
      cpu: 'Processore',
      engine: 'Motore',
      threads: 'Thread di un lavoro',
      computedAt: 'Calcolato il (UTC)',
    },
  },
  packages: {
    version: 'Versione',
    another: 'diversa da quella installata',
    caption:
      'Weft, su che cosa è stato eseguito e i pacchetti da cui dipendono i risultati, con il numero di celle e lavori che importano ciascuno.',
  },
  sources: {
    none: 'Nessun file sorgente viene usato.',
    gone: 'Il progetto non ha più questo file.',
    elsewhere: (files, lines) =>
      `Il codice sorgente (${files}, ${lines}) è allegato a questo PDF, file per file, e si trova nella pagina HTML.`,
    onScreen: (files, lines) => `Il codice sorgente (${files}, ${lines}) si trova nella pagina HTML.`,
  },
  checklist: {
    item: 'Domanda',
    answer: 'Risposta, da ciò che è registrato',
    caption:
      'La lista di controllo della riproducibilità, compilata dai risultati di cui è fatta questa relazione.',
    groups: { models: 'Modelli e affermazioni', data: 'Dati', code: 'Codice', results: 'Risultati' },
    questions: {
      models: 'Ogni modello e ogni algoritmo è descritto?',
      assumptions: 'Le ipotesi sono enunciate?',
      claims: 'Ogni affermazione è legata alla sua prova?',
      statistics: 'Quali insiemi di dati sono usati, e quanto sono grandi?',
      splits: 'Come sono suddivisi in addestramento, validazione e test?',
      cleaning: 'Che cosa è stato escluso, e come sono stati preparati?',
      download: 'Da dove vengono, e come si sa che la copia è la stessa?',
      code: 'Il codice che addestra e valuta è fornito?',
      dependencies: 'Da che cosa dipende?',
      command: 'I risultati stampati appartengono a questo codice?',
      ranges: 'Quali iperparametri sono stati considerati, in quali intervalli?',
      selection: 'Come sono stati scelti quelli finali?',
      runs: 'Quante esecuzioni sono state fatte?',
      variation: 'Sono date tendenza centrale e variazione?',
      bars: 'Le figure hanno barre di errore, e quali?',
      runtime: 'Quanto è durato?',
      energy: 'Quanta energia ha richiesto?',
      infrastructure: 'Su che cosa è stato calcolato?',
    },
    unanswered: 'Non registrato.',
    see: 'Si veda',
    answers: {
      models: counted('it', { one: '# esperimento, descritto in', other: '# esperimenti, descritti in' }),
      claims: (all, hold) => `Ogni affermazione ha un’espressione sui risultati; ${hold} su ${all} valgono.`,
      untold: (claims) => `Per ${claims} non si conosce un risultato.`,
      pinned: counted('it', { one: '# file fissato da SHA-256', other: '# file fissati da SHA-256' }),
      published: (splits) => `${splits}, come li fornisce l’insieme di dati`,
      code: (cells, files, listed) =>
        `I risultati vengono da ${cells} di questa relazione e da ${files} che esse importano, di cui ${listed} riportati nella relazione stessa.`,
      command: (results) =>
        `Ognuno dei ${results} risultati è conservato sotto l’impronta del suo codice, dei parametri, del seme e dei pacchetti, e viene stampato solo finché questi restano invariati.`,
      stale: 'Alcuni non sono aggiornati: appartengono a uno stato precedente del codice.',
      varied: counted('it', {
        one: '# parametro è stato variato.',
        other: '# parametri sono stati variati.',
      }),
      runs: (runs, settings, repeated) =>
        `${runs} di ${settings} impostazioni diverse, di cui ${repeated} con più di un seme.`,
      variation: (values, entries) =>
        `Le medie sui semi sono stampate con ± la deviazione standard campionaria: ${values} nel testo, ${entries} nelle sue tabelle.`,
      bars: (figures, all) =>
        `${figures} figure su ${all} mostrano una banda o barre attorno ai valori; le didascalie dicono che cosa coprono.`,
      runtime: (runs, cells) =>
        `I lavori sono durati ${runs} in tutto, ciascuno misurato da solo; le celle senza lavori sono durate ${cells}.`,
      cellsAlone: (cells) => `Nessun esperimento è stato eseguito; le celle sono durate ${cells}.`,
    },
  },
  requirements: {
    none: 'La relazione non nomina requisiti.',
    requirement: 'Requisito',
    answer: 'Trattato in',
    caption: 'I requisiti, ciascuno con i luoghi che vi rispondono.',
    unanswered: 'Senza risposta.',
    claim: {
      yes: 'L’affermazione vale:',
      no: 'L’affermazione non vale:',
      unknown: 'L’affermazione non ha risultato:',
    },
    pages: counted('it', {
      one: 'Testo di al massimo # pagina',
      many: 'Testo di al massimo # pagine',
      other: 'Testo di al massimo # pagine',
    }),
  },
}
