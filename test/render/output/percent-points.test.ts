import assert from 'node:assert/strict'
import test from 'node:test'
import { percentPoints, pointPieces } from '../../../src/render/output/percent-points.ts'

const spread = { mean: 0.0134, std: 0.002, n: 5, min: 0.01, max: 0.016 }
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test('percentPoints should print numbers, Spreads and intervals', () => {
  const shown: [Parameters<typeof percentPoints>, string][] = [
    [[0.0134], '1.3 points'],
    [[-0.0134, 2], '−1.34 points'],
    [[spread], '1.3 ± 0.2 points'],
    [[{ ...spread, std: 0, min: 0.0134, max: 0.0134 }], '1.3 points'],
    [[{ mean: 0.013, low: 0.008, high: 0.018 }], '1.3 points (95 % CI 0.8 to 1.8)'],
    [[{ mean: 0.013, low: -0.002, high: 0.028 }, 0], '1 points (95 % CI 0 to 3)'],
    [[{ mean: 0.013, low: null, high: null }], '1.3 points'],
    [
      [{ difference: spread, low: 0.01, high: 0.0168, wins: 5, losses: 0, ties: 0, n: 5 }],
      '1.3 points (95 % CI 1.0 to 1.7)',
    ],
  ]
  for (const [given, text] of shown) assert.equal(plain(percentPoints(...given)), text)
})

test('pointPieces should have each printed number by itself', () => {
  const [mean, low, high] = pointPieces({ mean: 0.013, low: 0.008, high: 0.018 })
  assert.deepEqual([mean.raw, low?.raw, high?.raw], [0.013, 0.008, 0.018])
  assert.deepEqual([plain(mean.text), low?.text, high?.text], ['1.3 points', '0.8', '1.8'])
  assert.deepEqual(pointPieces(spread)[0].raw, spread)
})

test('percentPoints should name what it cannot print', () => {
  for (const [given, text] of [
    ['a', '"a"'],
    [undefined, 'undefined'],
    [Number.NaN, 'NaN'],
    [{ low: 1 }, 'an object {low}'],
  ] as const) {
    assert.throws(() => percentPoints(given as unknown as number), {
      message: `percentPoints expected a number, a Spread or a difference, found ${text}`,
    })
  }
  assert.throws(() => percentPoints(0.1, -1), {
    message: 'percentPoints expected digits from 0 to 20, found -1',
  })
})
