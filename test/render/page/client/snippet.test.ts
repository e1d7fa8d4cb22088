import assert from 'node:assert/strict'
import test from 'node:test'
import { snippetOf } from '../../../../src/render/page/client/snippet.ts'

const shown = (text: string, query: string) =>
  snippetOf(text, query)
    .map((piece) => (piece.isFound ? `[${piece.text}]` : piece.text))
    .join('')

test('snippetOf should show the words round the longest one that was searched for', () => {
  const text = `${'before '.repeat(30)}the Needle is in it ${'after '.repeat(40)}`
  assert.match(shown(text, 'in needle'), /^… (before )+the \[Needle\] is \[in\] it (after )+after …$/)
  assert.equal(shown('a (b) c', '(b)'), 'a [(b)] c')
})

test('snippetOf should begin at the start where no word of the query stands', () => {
  assert.equal(shown('one two', 'x'), 'one two')
  assert.equal(shown('one two', 'three'), 'one two')
  assert.equal(shown('x'.repeat(400), 'three').length, 152)
})
