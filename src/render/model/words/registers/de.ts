import { counted } from '../counted.ts'
import type { RegisterWords } from './types.ts'

/** Registers in German. */
export const de: RegisterWords = {
  incomplete: ['Unvollständig: ', ' dieses Berichts hatten kein Ergebnis, als dies entstand.'],
  cellCount: counted('de', { one: '# Zelle', other: '# Zellen' }),
  seedCount: counted('de', { one: '# Startwert', other: '# Startwerte' }),
  valueCount: counted('de', { one: '# Wert', other: '# Werte' }),
  elementCount: counted('de', { one: '# Element', other: '# Elemente' }),
  characterCount: counted('de', { one: '# Zeichen', other: '# Zeichen' }),
  fileCount: counted('de', { one: '# Datei', other: '# Dateien' }),
  lineCount: counted('de', { one: '# Zeile', other: '# Zeilen' }),
  seed: (seed) => `Startwert ${seed}`,
  frontPage: 'Titelseite',
  jobs: {
    none: 'Es wird kein Experiment ausgeführt.',
    experiment: 'Experiment',
    parameters: 'Parameter',
    runs: 'Jobs',
    caption:
      'Alle Experimente mit den Parametern ihrer Jobs. Was alle Experimente einer Gruppe gemeinsam haben, steht einmal in ihrer ersten Zeile. Eine Liste in Klammern ist ein Wert; ein Strich heißt, dass der Parameter offen blieb. Zeiten sind die Summe über die Jobs, jeder für sich gemessen.',
    shared: 'Alle',
    varied: 'Variiert:',
  },
  claims: {
    none: 'Es wird nichts behauptet.',
    claim: 'Behauptung',
    testedBy: 'Geprüft durch',
    holds: 'Gilt',
    unknown: 'unbekannt',
    caption:
      'Alle Behauptungen des Textes, der Ausdruck, der dafür wahr sein muss, und die Werte, an denen er geprüft wurde. Wenn diese zwischen Startwerten verschieden sind, wurden ihre Mittelwerte innerhalb ihrer Standardfehler neu gezogen; darunter steht der Anteil der Ziehungen, in denen die Behauptung galt.',
    elsewhere: (claims) =>
      `Die Liste aller ${claims} Behauptungen steht auf der HTML-Seite; ihre Ausdrücke und Werte enthält auch provenance.json, das diesem PDF beiliegt.`,
    difference: (value) => `Differenz ${value}`,
    interval: (value, low, high) => `${value}, 95-%-KI ${low} bis\u00a0${high}`,
    held: (percent, redraws) => `in ${percent} von ${redraws} Ziehungen`,
  },
  data: {
    none: 'Es wird kein Datensatz verwendet.',
    fact: 'Angabe',
    value: 'Wert',
    caption: 'Die Datensätze mit den Prüfsummen der Dateien, aus denen sie gelesen wurden.',
    images: 'Bilder',
    split: 'Aufteilung',
    cleaning: 'Bereinigung',
    source: 'Quelle',
    licence: 'Lizenz',
    files: 'Dateien',
    usedBy: 'verwendet von',
    described: 'beschrieben',
    nowhere: 'in keinem Ergebnis dieses Berichts',
    bytes: counted('de', { one: '# Byte', other: '# Byte' }),
    splits: { train: 'Training', validation: 'Validierung', test: 'Test' },
  },
  machine: {
    none: 'Es wird nichts berechnet.',
    results: 'Ergebnisse',
    caption:
      'Womit die Ergebnisse dieses Berichts berechnet wurden, und für wie viele Ergebnisse jeder Wert gilt. Engine und Threads gelten nur für Jobs.',
    facts: {
      node: 'Node',
      platform: 'Plattform',
      cpu: 'Prozessor',
      engine: 'Engine',
      threads: 'Threads eines Jobs',
      computedAt: 'Berechnet am (UTC)',
    },
  },
  packages: {
    version: 'Version',
    another: 'eine andere als die installierte',
    caption:
      'Weft, worauf es lief, und die Pakete, von denen Ergebnisse abhängen, mit der Zahl der Zellen und Jobs, die sie importieren.',
  },
  sources: {
    none: 'Es wird keine Quelldatei verwendet.',
    gone: 'Das Projekt enthält diese Datei nicht mehr.',
    elsewhere: (files, lines) =>
      `Der Quelltext (${files}, ${lines}) liegt diesem PDF Datei für Datei bei und steht auf der HTML-Seite.`,
    onScreen: (files, lines) => `Der Quelltext (${files}, ${lines}) steht auf der HTML-Seite.`,
  },
  checklist: {
    item: 'Frage',
    answer: 'Antwort aus dem, was festgehalten ist',
    caption:
      'Die Checkliste zur Reproduzierbarkeit, beantwortet aus den Ergebnissen, aus denen dieser Bericht besteht.',
    groups: { models: 'Modelle und Behauptungen', data: 'Daten', code: 'Code', results: 'Ergebnisse' },
    questions: {
      models: 'Ist jedes Modell und jeder Algorithmus beschrieben?',
      assumptions: 'Sind die Annahmen genannt?',
      claims: 'Ist jede Behauptung belegt?',
      statistics: 'Welche Datensätze werden verwendet, und wie groß sind sie?',
      splits: 'Wie sind sie in Training, Validierung und Test aufgeteilt?',
      cleaning: 'Was wurde weggelassen, und wie wurden sie vorbereitet?',
      download: 'Woher stammen sie, und woran erkennt man dieselbe Kopie?',
      code: 'Liegt der Code für Training und Auswertung vor?',
      dependencies: 'Wovon hängt er ab?',
      command: 'Gehören die gedruckten Ergebnisse zu diesem Code?',
      ranges: 'Welche Hyperparameter wurden in welchen Bereichen betrachtet?',
      selection: 'Wie wurden die endgültigen gewählt?',
      runs: 'Wie viele Läufe gab es?',
      variation: 'Sind Mittelwert und Streuung angegeben?',
      bars: 'Haben Abbildungen Fehlerbalken, und welche?',
      runtime: 'Wie lange hat es gedauert?',
      energy: 'Wie viel Energie wurde verbraucht?',
      infrastructure: 'Worauf wurde gerechnet?',
    },
    unanswered: 'Nicht festgehalten.',
    see: 'Siehe',
    answers: {
      models: counted('de', {
        one: '# Experiment, beschrieben in',
        other: '# Experimente, beschrieben in',
      }),
      claims: (all, hold) =>
        `Jede Behauptung hat einen Ausdruck über den Ergebnissen; ${hold} von ${all} gelten.`,
      untold: (claims) => `Für ${claims} ist kein Ergebnis bekannt.`,
      pinned: counted('de', {
        one: '# Datei durch SHA-256 festgelegt',
        other: '# Dateien durch SHA-256 festgelegt',
      }),
      published: (splits) => `${splits}, wie der Datensatz sie vorgibt`,
      code: (cells, files, listed) =>
        `Die Ergebnisse stammen aus ${cells} dieses Berichts und ${files}, die sie importieren; davon sind ${listed} im Bericht selbst aufgeführt.`,
      command: (results) =>
        `Jedes der ${results} Ergebnisse ist unter der Prüfsumme seines Codes, seiner Parameter, seines Startwerts und seiner Pakete abgelegt und wird nur gedruckt, solange diese unverändert sind.`,
      stale: 'Einige sind veraltet: Sie gehören zu einem früheren Stand des Codes.',
      varied: counted('de', { one: '# Parameter wurde variiert.', other: '# Parameter wurden variiert.' }),
      runs: (runs, settings, repeated) =>
        `${runs} mit ${settings} verschiedenen Einstellungen, davon ${repeated} mit mehr als einem Startwert.`,
      variation: (values, entries) =>
        `Mittelwerte über Startwerte sind mit ± der Standardabweichung der Stichprobe gedruckt: ${values} im Text, ${entries} in seinen Tabellen.`,
      bars: (figures, all) =>
        `${figures} von ${all} Abbildungen zeigen ein Band oder Balken um ihre Werte; was diese umfassen, sagen die Unterschriften.`,
      runtime: (runs, cells) =>
        `Die Jobs dauerten zusammen ${runs}, jeder für sich gemessen; die Zellen ohne Jobs dauerten ${cells}.`,
      cellsAlone: (cells) => `Es wurde kein Experiment ausgeführt; die Zellen dauerten ${cells}.`,
    },
  },
  requirements: {
    none: 'Der Bericht nennt keine Anforderungen.',
    requirement: 'Anforderung',
    answer: 'Beantwortet in',
    caption: 'Die Anforderungen und die Stellen, die sie beantworten.',
    unanswered: 'Nicht beantwortet.',
    claim: {
      yes: 'Die Behauptung gilt:',
      no: 'Die Behauptung gilt nicht:',
      unknown: 'Die Behauptung hat kein Ergebnis:',
    },
    pages: counted('de', { one: 'Text von höchstens # Seite', other: 'Text von höchstens # Seiten' }),
  },
}
