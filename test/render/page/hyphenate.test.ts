import assert from 'node:assert/strict'
import test from 'node:test'
import type { Root } from 'hast'
import { h } from '../../../src/render/page/hast.ts'
import { hyphenated } from '../../../src/render/page/hyphenate.ts'
import { toHtml } from '../../../src/render/page/regions.ts'

const text = (value: string) => ({ type: 'text', value }) as const

function htmlOf(lang: string, ...children: Root['children']): string {
  return toHtml(hyphenated({ type: 'root', children }, lang).children).replaceAll('\u00ad', '|')
}

test('hyphenated should part the words of prose by the language of their block, and no others', () => {
  const p = (words: string, properties = {}) => h('p', properties, [text(words)])
  assert.equal(
    htmlOf('de', p('Geschwindigkeit, außerordentlich')),
    '<p>Geschwin|dig|keit, außer|or|dent|lich</p>',
  )
  assert.equal(htmlOf('fr', p('extraordinaire')), '<p>extra|or|di|naire</p>')
  assert.equal(htmlOf('de', p('extraordinaire', { lang: 'fr' })), '<p lang="fr">extra|or|di|naire</p>')
  assert.equal(htmlOf('en', p('extraordinary')), '<p>extra|or|di|nary</p>')
  assert.equal(htmlOf('tr', p('extraordinary')), '<p>extraordinary</p>')
  assert.equal(htmlOf('ja', p('Geschwindigkeit')), '<p>Geschwindigkeit</p>')
})

test('hyphenated should leave headings, code, values and addresses whole', () => {
  const words = 'Geschwindigkeit'
  for (const whole of [
    h('h2', {}, [text(words)]),
    h('p', {}, [h('code', {}, [text(words)])]),
    h('p', {}, [h('span', { className: ['weft-value'] }, [text(words)])]),
    h('p', {}, [text('https://beispiel.de/Geschwindigkeit geschwindigkeitsTest Datei.geschwindigkeit')]),
  ])
    assert.doesNotMatch(htmlOf('de', whole), /\|/)
})

test('hyphenated should copy what it changes', () => {
  const paragraph = h('p', {}, [text('Geschwindigkeit')])
  hyphenated({ type: 'root', children: [paragraph] }, 'de')
  assert.deepEqual(paragraph.children, [text('Geschwindigkeit')])
})
