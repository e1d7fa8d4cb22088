import { counted } from '../counted.ts'
import type { RegisterWords } from './types.ts'

/** Registers in Polish. */
export const pl: RegisterWords = {
  incomplete: ['Niepełne: bez wyniku w chwili składania: ', '.'],
  cellCount: counted('pl', { one: '# komórka', few: '# komórki', many: '# komórek', other: '# komórki' }),
  seedCount: counted('pl', { one: '# ziarno', few: '# ziarna', many: '# ziaren', other: '# ziarna' }),
  valueCount: counted('pl', { one: '# wartość', few: '# wartości', many: '# wartości', other: '# wartości' }),
  elementCount: counted('pl', {
    one: '# element',
    few: '# elementy',
    many: '# elementów',
    other: '# elementu',
  }),
  characterCount: counted('pl', { one: '# znak', few: '# znaki', many: '# znaków', other: '# znaku' }),
  fileCount: counted('pl', { one: '# plik', few: '# pliki', many: '# plików', other: '# pliku' }),
  lineCount: counted('pl', { one: '# wiersz', few: '# wiersze', many: '# wierszy', other: '# wiersza' }),
  seed: (seed) => `ziarno ${seed}`,
  frontPage: 'strona tytułowa',
  jobs: {
    none: 'Nie wykonano żadnego eksperymentu.',
    experiment: 'Eksperyment',
    parameters: 'Parametry',
    runs: 'Zadania',
    caption:
      'Każdy eksperyment z parametrami jego zadań. Parametry wspólne dla wszystkich eksperymentów grupy podano raz, w jej pierwszym wierszu. Lista w nawiasach jest jedną wartością; kreska oznacza, że parametr pozostał otwarty. Czasy są sumą po zadaniach, z których każde zmierzono osobno.',
    shared: 'Wszystkie',
    varied: 'Zmieniane:',
  },
  claims: {
    none: 'Niczego się nie twierdzi.',
    claim: 'Twierdzenie',
    testedBy: 'Sprawdzone przez',
    holds: 'Zachodzi',
    unknown: 'nieznane',
    caption:
      'Każde twierdzenie tekstu, wyrażenie, które musi być dla niego prawdziwe, i wartości, na których je sprawdzono. Jeśli różnią się one między ziarnami, ich średnie wylosowano ponownie w granicach ich błędów standardowych; poniżej podano udział losowań, w których twierdzenie zachodziło.',
    elsewhere: (claims) =>
      `Lista wszystkich twierdzeń (${claims}) znajduje się na stronie HTML; ich wyrażenia i wartości są też w pliku provenance.json, dołączonym do tego pliku PDF.`,
    difference: (value) => `różnica ${value}`,
    interval: (value, low, high) => `${value}, 95\u00a0% PU od ${low} do\u00a0${high}`,
    held: (percent, redraws) => `w ${percent} z ${redraws} losowań`,
  },
  data: {
    none: 'Nie użyto żadnego zbioru danych.',
    fact: 'Informacja',
    value: 'Wartość',
    caption: 'Zbiory danych ze skrótami plików, z których je odczytano.',
    images: 'obrazy',
    split: 'podział',
    cleaning: 'czyszczenie',
    source: 'źródło',
    licence: 'licencja',
    files: 'pliki',
    usedBy: 'używany przez',
    described: 'opisany',
    nowhere: 'w żadnym wyniku tego raportu',
    bytes: counted('pl', { one: '# bajt', few: '# bajty', many: '# bajtów', other: '# bajta' }),
    splits: { train: 'uczący', validation: 'walidacyjny', test: 'testowy' },
  },
  machine: {
    none: 'Niczego nie obliczono.',
    results: 'Wyniki',
    caption:
      'Czym obliczono wyniki tego raportu i dla ilu wyników obowiązuje każda wartość. Silnik i wątki dotyczą tylko zadań.',
    facts: {
      node: 'Node',
      platform: 'Platforma',
      cpu: 'Procesor',
      engine: 'Silnik',
      threads: 'Wątki zadania',
      computedAt: 'Obliczono dnia (UTC)',
    },
  },
  packages: {
    version: 'Wersja',
    another: 'inna niż zainstalowana',
    caption:
      'Weft, środowisko, w którym działał, i pakiety, od których zależą wyniki, z liczbą komórek i zadań, które importują każdy z nich.',
  },
  sources: {
    none: 'Nie użyto żadnego pliku źródłowego.',
    gone: 'Projekt nie ma już tego pliku.',
    elsewhere: (files, lines) =>
      `Kod źródłowy (${files}, ${lines}) jest dołączony do tego pliku PDF, plik po pliku, i znajduje się na stronie HTML.`,
    onScreen: (files, lines) => `Kod źródłowy (${files}, ${lines}) znajduje się na stronie HTML.`,
  },
  checklist: {
    item: 'Pytanie',
    answer: 'Odpowiedź, z tego, co zapisano',
    caption:
      'Lista kontrolna odtwarzalności, wypełniona na podstawie wyników, z których składa się ten raport.',
    groups: { models: 'Modele i twierdzenia', data: 'Dane', code: 'Kod', results: 'Wyniki' },
    questions: {
      models: 'Czy opisano każdy model i algorytm?',
      assumptions: 'Czy podano założenia?',
      claims: 'Czy każde twierdzenie ma dowód?',
      statistics: 'Jakich zbiorów danych użyto i jak są duże?',
      splits: 'Jak podzielono je na uczące, walidacyjne i testowe?',
      cleaning: 'Co pominięto i jak je przygotowano?',
      download: 'Skąd pochodzą i skąd wiadomo, że kopia jest ta sama?',
      code: 'Czy podano kod uczący i oceniający?',
      dependencies: 'Od czego zależy?',
      command: 'Czy wydrukowane wyniki należą do tego kodu?',
      ranges: 'Jakie hiperparametry rozważano i w jakich zakresach?',
      selection: 'Jak wybrano ostateczne?',
      runs: 'Ile było przebiegów?',
      variation: 'Czy podano tendencję centralną i zmienność?',
      bars: 'Czy rysunki mają słupki błędów i jakie?',
      runtime: 'Jak długo to trwało?',
      energy: 'Ile energii to zużyło?',
      infrastructure: 'Na czym obliczono?',
    },
    unanswered: 'Nie zapisano.',
    see: 'Zob.',
    answers: {
      models: counted('pl', {
        one: '# eksperyment, opisany w:',
        few: '# eksperymenty, opisane w:',
        many: '# eksperymentów, opisanych w:',
        other: '# eksperymentu, opisane w:',
      }),
      claims: (all, hold) => `Każde twierdzenie ma wyrażenie nad wynikami; zachodzi ${hold} z ${all}.`,
      untold: (claims) => `Bez znanego wyniku: ${claims}.`,
      pinned: counted('pl', {
        one: '# plik ustalony przez SHA-256',
        few: '# pliki ustalone przez SHA-256',
        many: '# plików ustalonych przez SHA-256',
        other: '# pliku ustalonego przez SHA-256',
      }),
      published: (splits) => `${splits}, tak jak podaje je zbiór danych`,
      code: (cells, files, listed) =>
        `Źródło wyników: ${cells} tego raportu oraz ${files}, które one importują; w samym raporcie podano z nich ${listed}.`,
      command: (results) =>
        `Każdy wynik (razem ${results}) jest przechowywany pod skrótem swojego kodu, parametrów, ziarna i pakietów i drukowany tylko, dopóki są one niezmienione.`,
      stale: 'Niektóre są nieaktualne: należą do wcześniejszego stanu kodu.',
      varied: counted('pl', {
        one: 'Zmieniano # parametr.',
        few: 'Zmieniano # parametry.',
        many: 'Zmieniano # parametrów.',
        other: 'Zmieniano # parametru.',
      }),
      runs: (runs, settings, repeated) =>
        `${runs}; różnych ustawień: ${settings}, z czego z więcej niż jednym ziarnem: ${repeated}.`,
      variation: (values, entries) =>
        `Średnie po ziarnach wydrukowano z ± odchyleniem standardowym z próby: ${values} w tekście, ${entries} w tabelach.`,
      bars: (figures, all) =>
        `Rysunki z pasmem lub słupkami wokół wartości: ${figures} z ${all}; podpisy mówią, co one obejmują.`,
      runtime: (runs, cells) =>
        `Zadania trwały razem ${runs}, każde zmierzone osobno; komórki bez zadań trwały ${cells}.`,
      cellsAlone: (cells) => `Nie wykonano żadnego eksperymentu; komórki trwały ${cells}.`,
    },
  },
  requirements: {
    none: 'Raport nie wymienia żadnych wymagań.',
    requirement: 'Wymaganie',
    answer: 'Odpowiedź w',
    caption: 'Wymagania, każde z miejscami, które na nie odpowiadają.',
    unanswered: 'Brak odpowiedzi.',
    claim: {
      yes: 'Twierdzenie zachodzi:',
      no: 'Twierdzenie nie zachodzi:',
      unknown: 'Twierdzenie nie ma wyniku:',
    },
    pages: counted('pl', {
      one: 'Tekst na najwyżej # stronę',
      few: 'Tekst na najwyżej # strony',
      many: 'Tekst na najwyżej # stron',
      other: 'Tekst na najwyżej # strony',
    }),
  },
}
