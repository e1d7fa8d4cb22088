import assert from 'node:assert/strict'
import test from 'node:test'
import { changeLines } from '../../../src/render/diff/change-lines.ts'

const line = (before: string, after: string) =>
  changeLines({
    kind: 'value',
    id: '',
    label: '',
    place: 'a.md:3:1',
    before,
    after,
    sentence: {},
    source: { after: 'x' },
    verdict: 'beyond',
    rule: 'exact',
    because: [],
  })[0]

test('changeLines should cut long texts to where they begin to differ', () => {
  assert.equal(line('It is 1.', 'It is 2.'), '  ✗    3  It is 1. → It is 2.  (exact)')
  const same = 'The first words of both texts are the same, and there are many of them before '
  const rest = ` ${'and so on '.repeat(20)}`
  assert.match(
    line(`${same}1${rest}`, `${same}2${rest}`)!,
    /3 {2}…many of them before 1 and so on .*… → …many of them before 2 and so on .*… {2}\(exact\)$/,
  )
  const word = 'x'.repeat(100)
  assert.match(line(`${word}1`, `${word}2`)!, /3 {2}x{80}… → x{80}… /)
})
