import assert from 'node:assert/strict'
import test from 'node:test'
import { blockEnd, gap } from '../../../src/render/prove/fold.ts'
import { holds } from '../../../src/render/prove/holds.ts'

test('holds should take a text as it was set, with formulas in it', () => {
  for (const [held, wanted] of [
    ['2.0', '2.0'],
    [' 91.2\u00a0%\n', '91.2 %'],
    ['', ''],
    ['x = 3', gap],
    ['rate η = 0.5', `rate ${gap}`],
    ['η of all', `${gap} of all`],
    ['a b a b', `${gap}a b`],
    ['First', `First${blockEnd}`],
  ] as const)
    assert.ok(holds(held, wanted), `${held} as ${wanted}`)
})

test('holds should see what was added, lost or is not empty', () => {
  for (const [held, wanted] of [
    ['2.0 million', '2.0'],
    ['a 2.0', '2.0'],
    ['2.0', '2.0 million'],
    ['', '2.0'],
    ['2.0', ''],
    ['•', ''],
    ['2.0 2.0', '2.0'],
    ['1. 3', '3'],
  ] as const)
    assert.ok(!holds(held, wanted), `${held} as ${wanted}`)
})
