import assert from 'node:assert/strict'
import { test } from 'node:test'
import { h } from '../../../src/render/page/hast.ts'
import { descriptionOf, metadata } from '../../../src/render/page/metadata.ts'

const words = (value: string) => ({ type: 'text' as const, value })
const paragraph = (value: string) => h('p', {}, [words(value)])
const abstractOf = (...children: Parameters<typeof h>[2]) => ({
  type: 'root' as const,
  children: [h('section', { className: ['weft-abstract'] }, children)],
})

test('descriptionOf should give the prose of the abstract, and no figure, table or code in it', () => {
  const table = h('figure', {}, [h('figcaption', {}, [words('Table 1.')])])
  const code = h('details', {}, [h('summary', {}, [words('Code')])])
  const label = h('p', { className: ['weft-label'] }, [words('Abstract')])
  const body = abstractOf(label, paragraph('Nets are\n trained.'), table, code, paragraph('They learn.'))
  assert.equal(descriptionOf(body), 'Nets are trained. They learn.')
  assert.equal(descriptionOf({ type: 'root', children: [paragraph('No abstract.')] }), '')
})

test('descriptionOf should end a long one after a whole word', () => {
  const text = descriptionOf(abstractOf(paragraph('Networks, again, '.repeat(40))))
  assert.ok(text.length <= 302)
  assert.match(text, /(Networks|again) …$/)
})

test('metadata should leave out what a report does not say', () => {
  const front = { title: 'A "net"', author: [], lang: 'en' } as unknown as Parameters<typeof metadata>[0]
  assert.deepEqual(metadata(front, undefined), [])
  const all = metadata(front, '').join('\n')
  assert.match(all, /<meta name="citation_title" content="A &quot;net&quot;">/)
  assert.doesNotMatch(all, /description|author|date|keywords/)
})
