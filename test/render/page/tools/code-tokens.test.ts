import assert from 'node:assert/strict'
import test from 'node:test'
import { plainCode } from '../../../../src/render/page/tools/code-tokens.ts'

test('plainCode should give the text, and where its tokens were', () => {
  const marked =
    '<span class="line"><span class="t-keyword">const</span> a <span class="t-punctuation">=&gt;</span></span>\n<span class="line">  b</span>'
  assert.deepEqual(plainCode(marked), { markup: 'const a =&gt;\n  b', tokens: '0K5.3U2' })
})

test('plainCode should leave code alone that has other marks', () => {
  assert.equal(plainCode('<span class="line weft-marked">a</span>'), undefined)
  assert.equal(plainCode('<mark>a</mark>'), undefined)
  assert.equal(plainCode('<span class="t-new">a</span>'), undefined)
})
