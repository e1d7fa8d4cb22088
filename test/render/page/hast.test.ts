import assert from 'node:assert/strict'
import test from 'node:test'
import { escapeHtml, unescapeHtml } from '../../../src/render/page/hast.ts'

test('unescapeHtml should give the text of HTML, and leave references that stand for no character', () => {
  const text = '<a href="x">a & b</a>'
  assert.equal(unescapeHtml(escapeHtml(text)), text)
  assert.equal(unescapeHtml('&#xe9;&#233;&nbsp;&apos;&amp;lt;'), "\u00e9\u00e9\u00a0'&lt;")
  for (const none of ['&#9999999;', '&#xFFFFFF;', '&#99999999999999999999;', '&none;', '&amp'])
    assert.equal(unescapeHtml(none), none)
})
