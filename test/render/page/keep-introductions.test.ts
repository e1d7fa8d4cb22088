import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ElementContent } from 'hast'
import { h } from '../../../src/render/page/hast.ts'
import { keepIntroductions } from '../../../src/render/page/keep-introductions.ts'
import { toHtml } from '../../../src/render/page/regions.ts'

const space: ElementContent = { type: 'text', value: '\n' }
const paragraph = (value: string) => h('p', {}, [{ type: 'text', value }])
const kept = (...children: ElementContent[]) => {
  const body = { type: 'root' as const, children: [h('section', {}, children)] }
  return { body, after: keepIntroductions(body) }
}

test('keepIntroductions should mark a paragraph that ends with a colon before code, a list or a table', () => {
  for (const tag of ['pre', 'ul', 'figure']) {
    const { after } = kept(paragraph('Run it:'), space, h(tag, {}, []))
    assert.equal(
      toHtml(after.children),
      `<section><p class="weft-introduction">Run it:</p>\n<${tag}></${tag}></section>`,
    )
  }
})

test('keepIntroductions should share every other paragraph, and what ends a section or stands before a heading', () => {
  for (const rest of [[], [space], [h('h3', {}, [])]]) {
    const { body, after } = kept(paragraph('Run it:'), ...rest)
    assert.equal(after.children[0], body.children[0])
  }
  const { body, after } = kept(paragraph('It runs: at once.'), h('pre', {}, []))
  assert.equal(after.children[0], body.children[0])
})
