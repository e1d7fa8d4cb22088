import assert from 'node:assert/strict'
import { it } from 'node:test'
import { changeText, shortDiff } from '../../../src/render/why/explain-parts.ts'

it('should name the first place in which two values differ', () => {
  const before = { name: 'a', test: { accuracy: [0.9, 0.91] } }
  assert.equal(changeText(before, structuredClone(before)), undefined)
  assert.equal(
    changeText(before, { ...before, test: { accuracy: [0.9, 0.92] } }),
    'test.accuracy[1]: 0.91 -> 0.92',
  )
  assert.equal(changeText(before, { ...before, test: { accuracy: [0.9] } }), 'test.accuracy[1]: gone')
  assert.equal(changeText(before, { name: 'a' }), 'test: gone')
  assert.equal(changeText({ name: 'a' }, before), 'test: new')
  assert.equal(changeText(1, 2), '1 -> 2')
  assert.equal(changeText({ a: 1 }, [1]), '{"a":1} -> [1]')
  assert.equal(changeText({ a: 1, b: 2 }, { b: 2, a: 1 }), 'order of members: ["a","b"] -> ["b","a"]')
})

it('should show a change with one line of context, in at most 12 lines', () => {
  assert.deepEqual(shortDiff('a\nb\nc\nd', 'a\nb\nx\nd'), ['  b', '- c', '+ x', '  d'])
  const long = shortDiff(Array.from({ length: 30 }, (_, line) => `a${line}`).join('\n'), 'other')
  assert.equal(long.length, 12)
  assert.match(long.at(-1)!, /^\.\.\. and \d+ more lines$/)
})
