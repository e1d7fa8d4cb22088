import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageCss } from '../../../src/render/page/css.ts'

const css = pageCss({ title: "It's", notice: '', running: ['One', ''] })

test('pageCss should write the families of the page into the files', () => {
  assert.match(css, /\nbody\{[^}]*font:400 1rem\/1\.55 'Source Serif 4', KaTeX_Main/)
  assert.match(css, /\n:where\(code,pre,kbd,samp,\.weft-missing\)\{font-family:'Source Code Pro',/)
  assert.doesNotMatch(css, /:--|var\(--family-|undefined/)
})

test('pageCss should leave out what only those who read the files need', () => {
  assert.doesNotMatch(css, /\/\*/)
  assert.doesNotMatch(css, /\n\s*\n/)
})

test('pageCss should write what stands in the margins, and the rules of print last', () => {
  assert.match(css, /@bottom-left\{content:'It\\27 s';/)
  assert.match(css, /@page chapter-1\{@top-left\{content:'One';[^}]*\}\}\.weft-chapter-1\{page:chapter-1\}/)
  assert.match(css, /@page chapter-2\{\}\.weft-chapter-2\{page:chapter-2\}\n/)
  assert.match(css, /\}\n@media print\{\n:root\{font-size:11pt;[^@]*$/)
})
