import assert from 'node:assert/strict'
import test from 'node:test'
import { splitClaim } from '../../../src/render/execute/failing-sides.ts'

const sides = (source: string) =>
  splitClaim(source).map((part) =>
    part.sides ? [part.sides.left, part.sides.operator, part.sides.right] : part.source,
  )

test('splitClaim should find the comparisons of a claim', () => {
  const split: [string, unknown[]][] = [
    ['a.mean > b.mean', [['a.mean', '>', 'b.mean']]],
    [
      'a>=1 && b !== "x && y"',
      [
        ['a', '>=', '1'],
        ['b', '!==', '"x && y"'],
      ],
    ],
    [
      'Math.max(...list.map(({ x }) => x > 1 && 2)) <= c[0 < 1]',
      [['Math.max(...list.map(({ x }) => x > 1 && 2))', '<=', 'c[0 < 1]']],
    ],
    ["name === '<' /* a < b */", [['name', '===', "'<' /* a < b */"]]],
    ['a?.b == null', [['a?.b', '==', 'null']]],
    ['isHigher(a, b) && c', ['isHigher(a, b)', 'c']],
    ['!flag', ['!flag']],
    ['(a > b)', ['(a > b)']],
    ['1 < a < 3', ['1 < a < 3']],
    ['`a > b` === c', [['`a > b`', '===', 'c']]],
    ['a > b || c', []],
    ['a > b ? c : d', []],
    ['(x) => x > 1', []],
    ['a ?? b > c', []],
  ]
  for (const [source, expected] of split) assert.deepEqual(sides(source), expected, source)
})
