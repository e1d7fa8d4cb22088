import assert from 'node:assert/strict'
import test from 'node:test'
import { hasWords, languages, type Words, wordsFor } from '../../../src/render/model/words.ts'

/** All words of a language, by their place; functions with arguments that show. */
function textsOf(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    const place = `${path}${key}`
    if (typeof value === 'string') return [[place, value]]
    if (typeof value === 'object') return textsOf(value, `${place}.`)
    if (place === 'named') return Object.keys(wordsFor('en').names).map((kind) => [kind, value(kind, '7')])
    return [1, 2, 5, 20].map((count) => [`${place} ${count}`, (value as Write)(...argumentsOf(place, count))])
  })
}

type Write = (...given: readonly unknown[]) => string

function argumentsOf(place: string, count: number): readonly unknown[] {
  const isCount = /rows|more|andMore|jobCount|seeds|notKept|firstRows/i.test(place)
  return isCount ? [count, 400] : ['Figure 7', 'x', 'y']
}

test('wordsFor should have every word in every language, and leave no sentence in English', () => {
  assert.deepEqual(languages, ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'ja', 'zh', 'ar'])
  const english = new Map(textsOf(wordsFor('en')))
  for (const lang of languages) {
    const own = textsOf(wordsFor(lang))
    assert.deepEqual(
      // Most languages write nothing after the number of a page.
      own.filter(
        ([place, text]) =>
          (text.trim() === '' && place !== 'onPage.1') || text.includes('undefined') || text.includes('#'),
      ),
      [],
      lang,
    )
    // A sentence that is the English one was not translated.
    const same =
      lang === 'en' ? [] : own.filter(([place, text]) => text.length > 14 && english.get(place) === text)
    assert.deepEqual(same, [], lang)
  }
})

test('wordsFor should take the language of a tag, and English where it has no words', () => {
  assert.equal(wordsFor('de-AT').names.figure, 'Abbildung')
  assert.equal(wordsFor('PT').lang, 'pt')
  assert.equal(wordsFor('sv').lang, 'en')
  assert.deepEqual(['de-CH', 'sv', 'en-GB'].map(hasWords), [true, false, true])
})

test('wordsFor should write numbers and names as each language does', () => {
  const named = (lang: string) => wordsFor(lang).named('section', '2.1')
  assert.deepEqual(['en', 'de', 'ja', 'zh', 'ar'].map(named), [
    'Section\u00a02.1',
    'Abschnitt\u00a02.1',
    '2.1節',
    '第\u00a02.1\u00a0节',
    'القسم\u00a02.1',
  ])
  const rows = (words: Words) => [1, 2, 5, 11].map((count) => words.screen.rows(count))
  assert.deepEqual(rows(wordsFor('pl')), ['1 wiersz', '2 wiersze', '5 wierszy', '11 wierszy'])
  assert.deepEqual(rows(wordsFor('ar')), ['صف واحد', 'صفان', '5 صفوف', '11 صفًا'])
})
