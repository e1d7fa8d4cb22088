import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { InlineCode } from 'mdast'
import { readFence } from '../../../src/render/syntax/fence.ts'
import { readValue } from '../../../src/render/syntax/read-value.ts'

function read(value: string) {
  const start = { line: 1, column: 1, offset: 0 }
  const node: InlineCode = { type: 'inlineCode', value, position: { start, end: start } }
  return readValue(node, `\`${value}\``)
}

it('should read the expression of a value and its tolerance', () => {
  assert.deepEqual(read('{ts} a.b'), { source: 'a.b', problems: [] })
  assert.deepEqual(read('{ts rel=1e-3} a'), { source: 'a', tolerance: { rel: 1e-3 }, problems: [] })
  assert.deepEqual(read('{ts abs=0.002 rel=.5} a'), {
    source: 'a',
    tolerance: { abs: 0.002, rel: 0.5 },
    problems: [],
  })
})

it('should say what is wrong with a tolerance', () => {
  assert.match(
    read('{ts rel=0} a')!.problems[0]!,
    /^Unexpected rel `0`, expected a number above 0 such as 1e-3$/,
  )
  assert.match(read('{ts abs=few} a')!.problems[0]!, /^Unexpected abs `few`/)
  assert.match(
    read('{ts rle=1} a')!.problems[0]!,
    /`rle=1` of a value, expected rel= or abs=: did you mean `rel`\?$/,
  )
})

it('should ignore other inline code', () => {
  assert.equal(read('{tsx} a'), undefined)
  assert.equal(read('{ts}'), undefined)
  assert.equal(read('const x = {ts} a'), undefined)
})

it('should read the tolerance of a cell', () => {
  const { options, problems } = readFence('exec #a rel=1e-3 abs=2', 'fold')
  assert.deepEqual(options.tolerance, { rel: 1e-3, abs: 2 })
  assert.deepEqual(problems, [])
  assert.match(
    readFence('exec #a rel=-1', 'fold').problems[0]!.reason,
    /^Unexpected rel `-1`, expected a number above 0/,
  )
})
