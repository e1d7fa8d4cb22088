import assert from 'node:assert/strict'
import test from 'node:test'
import { blended, contrast, inkOn } from '../../../src/render/charts/colour.ts'
import { confusionCells } from '../../../src/render/charts/confusion-matrix.ts'
import { confusionMatrix } from '../../../src/render/charts/index.ts'

const spread = (mean: number) => ({ mean, std: 1, n: 3, min: mean - 1, max: mean + 1 })
const options = { classes: ['a', 'b'], alt: 'A' }

test('confusionMatrix should be plain data', () => {
  const made = confusionMatrix(
    [
      [1, 2],
      [3, 4],
    ],
    { ...options, caption: 'C' },
  )
  assert.deepEqual(JSON.parse(JSON.stringify(made)), made)
  assert.deepEqual([made.kind, made.alt, made.caption], ['figure', 'A', 'C'])
})

test('confusionMatrix should round means, leave zero empty, and print a mean that rounds to zero as less than one', () => {
  const cells = confusionCells(
    [
      [spread(1234.6), 0],
      [spread(0.3), 0.5],
    ],
    options.classes,
  )
  assert.deepEqual(
    cells.map(({ truth, predicted, text }) => [truth, predicted, text]),
    [
      ['a', 'a', '1,235'],
      ['a', 'b', ''],
      ['b', 'a', '< 1'],
      ['b', 'b', '1'],
    ],
  )
})

test('confusionMatrix should colour a cell by its share of the row', () => {
  const fills = (counts: number[][]) => confusionCells(counts, options.classes).map(({ fill }) => fill)
  assert.deepEqual(
    fills([
      [9, 1],
      [0, 5],
    ]),
    fills([
      [900, 100],
      [0, 7],
    ]),
  )
  assert.deepEqual(
    fills([
      [0, 0],
      [0, 5],
    ]).slice(0, 2),
    ['#ffffff', '#ffffff'],
  )
})

test('confusionMatrix should print counts that are readable on every colour', () => {
  for (let share = 0; share <= 1000; share++) {
    const cells = confusionCells(
      [
        [share, 1000 - share],
        [share, 1000 - share],
      ],
      options.classes,
    )
    for (const { fill, ink } of cells) assert.ok(contrast(fill, ink) >= 4.5, `${ink} on ${fill}`)
  }
  assert.equal(contrast('#000000', '#ffffff'), 21)
  assert.deepEqual([blended(['#000000', '#ffffff'], 0.5), inkOn('#ffffff')], ['#808080', '#000000'])
})

test('confusionMatrix should refuse a fold of matrices of different sizes', () => {
  const of = (n: number) => ({ mean: 2, std: 0, n, min: 2, max: 2 })
  const options = { classes: ['a', 'b'], alt: 'A' }
  const counts = [
    [of(3), of(3)],
    [of(3), of(2)],
  ]
  assert.throws(() => confusionMatrix(counts, options), {
    message:
      'confusionMatrix: expected Spreads of equally many runs, found 3 and 2: their matrices may have different classes',
  })
  confusionMatrix([counts[0]!, counts[0]!], options)
})

test('confusionMatrix should refuse data that is not a square of counts', () => {
  const cases: [() => unknown, string][] = [
    [() => confusionMatrix([[1]], options), 'confusionMatrix: expected 2 classes at counts, found 1'],
    [
      () => confusionMatrix([[1, 2], [1]], options),
      'confusionMatrix: expected 2 classes at counts[1], found 1',
    ],
    [
      () =>
        confusionMatrix(
          [
            [1, -2],
            [1, 2],
          ],
          options,
        ),
      'confusionMatrix: expected a count or a Spread from 0 up at counts[0][1], found -2',
    ],
    [
      () => confusionMatrix([[1]], { ...options, classes: ['a'] }),
      'confusionMatrix: expected 2 to 24 names at options.classes, found an array of 1',
    ],
    [
      () => confusionMatrix([[1]], { ...options, classes: ['a', 'a'] }),
      'confusionMatrix: expected different names at options.classes, found twice a',
    ],
    [
      () => confusionMatrix([[1]], { ...options, clases: [] } as never),
      'confusionMatrix: expected options among classes, alt, caption, found "clases": did you mean `classes`?',
    ],
  ]
  for (const [make, message] of cases) assert.throws(make, { message })
})
