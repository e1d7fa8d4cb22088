import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { languages } from '../../../src/render/model/words.ts'
import { cslLocale, readLocale } from '../../../src/render/page/csl-locale.ts'
import { openStyle } from '../../../src/render/page/csl-style.ts'

const style = readFileSync(new URL('../../../src/render/page/numeric.csl', import.meta.url), 'utf8')
const names = languages.filter((lang) => lang !== 'en').map(cslLocale)

test('cslLocale should have the words of citations in each language of the page', () => {
  assert.deepEqual(names.slice(0, 3), ['de-DE', 'fr-FR', 'es-ES'])
  assert.deepEqual(['de-CH', 'pt-PT', 'sv', 'en'].map(cslLocale), ['de-CH', 'pt-PT', 'en-US', 'en-US'])
  for (const name of names) assert.match(readLocale(name), new RegExp(`xml:lang="${name.slice(0, 2)}`))
})

test('lib should have the same files', () => {
  for (const name of names)
    assert.ok(
      existsSync(fileURLToPath(new URL(`../../../lib/locales/locales-${name}.xml`, import.meta.url))),
      name,
    )
})

test('openStyle should write references in the language of the report', () => {
  const item = {
    id: 'a',
    type: 'chapter',
    title: 'Netze',
    author: [
      { family: 'Ada', given: 'A.' },
      { family: 'Bob', given: 'B.' },
    ],
    'container-title': 'Buch',
    page: '3-4',
  }
  const lineIn = (lang: string) => openStyle(style, new Map([['a', item as never]]), lang).list[0]!.html
  assert.match(lineIn('de'), /A\. Ada und B\. Bob.*In <i>Buch<\/i>.*S\.\u00a03/s)
  assert.match(lineIn('en'), /A\. Ada and B\. Bob.*In <i>Buch<\/i>.*pp\.\u00a03/s)
  assert.match(lineIn('fr'), /A\. Ada et B\. Bob.*In <i>Buch<\/i>.*p\.\u00a03/s)
})
