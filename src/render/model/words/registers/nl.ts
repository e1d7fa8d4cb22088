import { counted } from '../counted.ts'
import type { RegisterWords } from './types.ts'

/** Registers in Dutch. */
export const nl: RegisterWords = {
  incomplete: ['Onvolledig: ', ' van dit verslag hadden geen resultaat toen dit werd gemaakt.'],
  cellCount: counted('nl', { one: '# cel', other: '# cellen' }),
  seedCount: counted('nl', { one: '# startwaarde', other: '# startwaarden' }),
  valueCount: counted('nl', { one: '# waarde', other: '# waarden' }),
  elementCount: counted('nl', { one: '# element', other: '# elementen' }),
  characterCount: counted('nl', { one: '# teken', other: '# tekens' }),
  fileCount: counted('nl', { one: '# bestand', other: '# bestanden' }),
  lineCount: counted('nl', { one: '# regel', other: '# regels' }),
  seed: (seed) => `startwaarde ${seed}`,
  frontPage: 'de titelpagina',
  jobs: {
    none: 'Er wordt geen experiment uitgevoerd.',
    experiment: 'Experiment',
    parameters: 'Parameters',
    runs: 'Taken',
    caption:
      'Elk experiment met de parameters van zijn taken. Parameters die alle experimenten van een groep delen, staan één keer in de eerste rij. Een lijst tussen haken is één waarde; een streepje betekent dat de parameter open bleef. Tijden zijn de som over de taken, elk apart gemeten.',
    shared: 'Alle',
    varied: 'Gevarieerd:',
  },
  claims: {
    none: 'Er wordt niets beweerd.',
    claim: 'Bewering',
    testedBy: 'Getoetst door',
    holds: 'Geldt',
    unknown: 'onbekend',
    caption:
      'Elke bewering van de tekst, de uitdrukking die daarvoor waar moet zijn en de waarden waarop zij is getoetst. Als deze per startwaarde verschillen, zijn hun gemiddelden opnieuw getrokken binnen hun standaardfouten; daaronder staat het deel van die trekkingen waarin de bewering gold.',
    elsewhere: (claims) =>
      `De lijst van alle ${claims} beweringen staat op de HTML-pagina; hun uitdrukkingen en waarden staan ook in provenance.json, dat bij deze pdf is gevoegd.`,
    difference: (value) => `verschil ${value}`,
    interval: (value, low, high) => `${value}, 95%-BI ${low} tot\u00a0${high}`,
    held: (percent, redraws) => `in ${percent} van ${redraws} trekkingen`,
  },
  data: {
    none: 'Er wordt geen dataset gebruikt.',
    fact: 'Gegeven',
    value: 'Waarde',
    caption: 'De datasets, met de controlesommen van de bestanden waaruit zij zijn gelezen.',
    images: 'afbeeldingen',
    split: 'verdeling',
    cleaning: 'opschoning',
    source: 'bron',
    licence: 'licentie',
    files: 'bestanden',
    usedBy: 'gebruikt door',
    described: 'beschreven',
    nowhere: 'in geen resultaat van dit verslag',
    bytes: counted('nl', { one: '# byte', other: '# bytes' }),
    splits: { train: 'training', validation: 'validatie', test: 'test' },
  },
  machine: {
    none: 'Er wordt niets berekend.',
    results: 'Resultaten',
    caption:
      'Waarmee de resultaten van dit verslag zijn berekend, en voor hoeveel resultaten elke waarde geldt. Engine en threads gelden alleen voor taken.',
    facts: {
      node: 'Node',
      platform: 'Platform',
      cpu: 'Processor',
      engine: 'Engine',
      threads: 'Threads van een taak',
      computedAt: 'Berekend op (UTC)',
    },
  },
  packages: {
    version: 'Versie',
    another: 'een andere dan de geïnstalleerde',
    caption:
      'Weft, waarop het draaide en de pakketten waarvan resultaten afhangen, met het aantal cellen en taken dat elk importeert.',
  },
  sources: {
    none: 'Er wordt geen bronbestand gebruikt.',
    gone: 'Het project heeft dit bestand niet meer.',
    elsewhere: (files, lines) =>
      `De broncode (${files}, ${lines}) is bestand voor bestand bij deze pdf gevoegd en staat op de HTML-pagina.`,
    onScreen: (files, lines) => `De broncode (${files}, ${lines}) staat op de HTML-pagina.`,
  },
  checklist: {
    item: 'Vraag',
    answer: 'Antwoord, uit wat is vastgelegd',
    caption:
      'De checklist voor reproduceerbaarheid, beantwoord uit de resultaten waaruit dit verslag bestaat.',
    groups: { models: 'Modellen en beweringen', data: 'Gegevens', code: 'Code', results: 'Resultaten' },
    questions: {
      models: 'Is elk model en elk algoritme beschreven?',
      assumptions: 'Zijn de aannamen vermeld?',
      claims: 'Is elke bewering onderbouwd?',
      statistics: 'Welke datasets worden gebruikt, en hoe groot zijn ze?',
      splits: 'Hoe zijn ze verdeeld in training, validatie en test?',
      cleaning: 'Wat is weggelaten, en hoe zijn ze voorbereid?',
      download: 'Waar komen ze vandaan, en hoe weet men dat de kopie dezelfde is?',
      code: 'Is de code voor training en evaluatie gegeven?',
      dependencies: 'Waarvan hangt die af?',
      command: 'Horen de gedrukte resultaten bij deze code?',
      ranges: 'Welke hyperparameters zijn bekeken, in welke bereiken?',
      selection: 'Hoe zijn de uiteindelijke gekozen?',
      runs: 'Hoeveel runs zijn gedaan?',
      variation: 'Zijn centrum en spreiding gegeven?',
      bars: 'Hebben figuren foutbalken, en welke?',
      runtime: 'Hoe lang duurde het?',
      energy: 'Hoeveel energie kostte het?',
      infrastructure: 'Waarop is het berekend?',
    },
    unanswered: 'Niet vastgelegd.',
    see: 'Zie',
    answers: {
      models: counted('nl', { one: '# experiment, beschreven in', other: '# experimenten, beschreven in' }),
      claims: (all, hold) =>
        `Elke bewering heeft een uitdrukking over de resultaten; ${hold} van ${all} gelden.`,
      untold: (claims) => `Voor ${claims} is geen resultaat bekend.`,
      pinned: counted('nl', {
        one: '# bestand vastgelegd door SHA-256',
        other: '# bestanden vastgelegd door SHA-256',
      }),
      published: (splits) => `${splits}, zoals de dataset ze geeft`,
      code: (cells, files, listed) =>
        `De resultaten komen uit ${cells} van dit verslag en ${files} die zij importeren, waarvan er ${listed} in het verslag zelf staan.`,
      command: (results) =>
        `Elk van de ${results} resultaten wordt bewaard onder de controlesom van zijn code, parameters, startwaarde en pakketten, en alleen gedrukt zolang die onveranderd zijn.`,
      stale: 'Enkele zijn verouderd: zij horen bij een eerdere staat van de code.',
      varied: counted('nl', { one: '# parameter is gevarieerd.', other: '# parameters zijn gevarieerd.' }),
      runs: (runs, settings, repeated) =>
        `${runs} van ${settings} verschillende instellingen, waarvan ${repeated} met meer dan één startwaarde.`,
      variation: (values, entries) =>
        `Gemiddelden over startwaarden zijn gedrukt met ± de standaardafwijking van de steekproef: ${values} in de tekst, ${entries} in de tabellen.`,
      bars: (figures, all) =>
        `${figures} van ${all} figuren tonen een band of balken om hun waarden; de bijschriften zeggen wat die omvatten.`,
      runtime: (runs, cells) =>
        `De taken duurden samen ${runs}, elk apart gemeten; de cellen zonder taken duurden ${cells}.`,
      cellsAlone: (cells) => `Er is geen experiment uitgevoerd; de cellen duurden ${cells}.`,
    },
  },
  requirements: {
    none: 'Het verslag noemt geen eisen.',
    requirement: 'Eis',
    answer: 'Beantwoord in',
    caption: 'De eisen, elk met de plaatsen die haar beantwoorden.',
    unanswered: 'Niet beantwoord.',
    claim: {
      yes: 'De bewering geldt:',
      no: 'De bewering geldt niet:',
      unknown: 'De bewering heeft geen resultaat:',
    },
    pages: counted('nl', { one: 'Tekst van hoogstens # pagina', other: 'Tekst van hoogstens # pagina’s' }),
  },
}
