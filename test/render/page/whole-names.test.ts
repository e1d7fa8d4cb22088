import assert from 'node:assert/strict'
import { test } from 'node:test'
import { h } from '../../../src/render/page/hast.ts'
import { toHtml } from '../../../src/render/page/regions.ts'
import { wholeNames } from '../../../src/render/page/whole-names.ts'

const paragraph = (value: string) => h('p', {}, [{ type: 'text', value }])
const written = (value: string) => toHtml(wholeNames({ type: 'root', children: [paragraph(value)] }).children)

test('wholeNames should keep numbers whole that a hyphen or a slash joins', () => {
  assert.equal(
    written('networks 400-200 and 600/400/200.'),
    '<p>networks <span class="weft-word">400-200</span> and <span class="weft-word">600/400/200</span>.</p>',
  )
})

test('wholeNames should let a long address end a line after each part', () => {
  const link = h('a', { href: 'https://a.b/c/d' }, [{ type: 'text', value: 'https://a.b/c/d' }])
  const written = toHtml(wholeNames({ type: 'root', children: [link] }).children)
  assert.equal(written, '<a href="https://a.b/c/d">https://a.b/<wbr>c/<wbr>d</a>')
})

test('wholeNames should leave other words, and nodes without names as they are', () => {
  for (const value of ['a-b', '10.1145/3442188-1', 'x-1-2', 'https://a.b/1/2'])
    assert.equal(written(value), `<p>${value}</p>`)
  const node = paragraph('none')
  assert.equal(wholeNames({ type: 'root', children: [node] }).children[0], node)
  const code = h('pre', {}, [{ type: 'text', value: '400-200' }])
  assert.equal(wholeNames({ type: 'root', children: [code] }).children[0], code)
})
