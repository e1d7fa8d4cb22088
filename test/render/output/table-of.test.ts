import assert from 'node:assert/strict'
import test from 'node:test'
import { percent, table } from '../../../src/render/output/index.ts'

const spread = { mean: 0.96, std: 0.004, n: 5, min: 0.95, max: 0.97 }
const rows = [
  { optimizer: 'SGD', accuracy: spread, parameters: 12_000 },
  { optimizer: 'Adam', accuracy: 0.5, parameters: null },
]

test('table should take all members of its rows', () => {
  const made = table(rows)
  assert.deepEqual(made.columns, [
    { key: 'optimizer', title: 'optimizer', align: 'left' },
    { key: 'accuracy', title: 'accuracy', align: 'right' },
    { key: 'parameters', title: 'parameters', align: 'right' },
  ])
  assert.deepEqual(made.rows[0], {
    optimizer: { text: 'SGD', raw: 'SGD' },
    accuracy: { text: '0.9600\u00a0±\u00a00.0040', raw: spread },
    parameters: { text: '12,000', raw: 12_000 },
  })
  assert.deepEqual(made.rows[1]!.parameters, { text: '–', raw: null })
  assert.ok(!('caption' in made))
})

test('table should take columns as keys, as headings and in full', () => {
  assert.deepEqual(
    table(rows, { columns: ['accuracy'] }).columns.map(({ key }) => key),
    ['accuracy'],
  )
  assert.deepEqual(table(rows, { columns: { accuracy: '*Accuracy*' } }).columns, [
    { key: 'accuracy', title: '*Accuracy*', align: 'right' },
  ])
  assert.deepEqual(
    table(rows, { columns: [{ key: 'accuracy', title: 'A', align: 'center' }, 'optimizer'] }).columns,
    [
      { key: 'accuracy', title: 'A', align: 'center' },
      { key: 'optimizer', title: 'optimizer', align: 'left' },
    ],
  )
})

test('table should print by a formatter, its name or decimals', () => {
  const texts = (format: NonNullable<Parameters<typeof table>[1]>['format']) =>
    table(rows, { columns: ['accuracy'], format }).rows.map((row) =>
      row.accuracy!.text.replaceAll('\u00a0', ' '),
    )
  assert.deepEqual(texts({ accuracy: 'percent' }), ['96.0 ± 0.4 %', '50.0 %'])
  assert.deepEqual(texts({ accuracy: percent }), ['96.0 ± 0.4 %', '50.0 %'])
  assert.deepEqual(texts({ accuracy: 3 }), ['0.960 ± 0.004', '0.500'])
})

const texts = (rows: readonly object[], options?: Parameters<typeof table>[1]) =>
  table(rows, options).rows.map((row) => row.a!.text.replaceAll('\u00a0', ' '))
const a = (...values: readonly unknown[]) => values.map((value) => ({ a: value }))
const of = (mean: number, std: number) => ({ mean, std, n: 3, min: mean - std, max: mean + std })

test('table should round a column of Spreads alike, by the typical standard deviation', () => {
  assert.deepEqual(texts(a(of(0.91234, 0.0123), of(0.9, 0.002), of(0.87654, 0.0345), 0.5, null)), [
    '0.912 ± 0.012',
    '0.900 ± 0.002',
    '0.877 ± 0.035',
    '0.500',
    '–',
  ])
  assert.deepEqual(texts(a(of(1234.5, 120), of(987.6, 34))), ['1,235 ± 120', '988 ± 34'])
  assert.deepEqual(texts(a(of(1234.5, 120), { ...of(7, 0), std: 0 })), ['1,235 ± 120', '7'])
})

test('table should say of a Spread that it is one of fewer runs than others in its column', () => {
  const runs = (n: number, std = 0.02) => ({ ...of(0.41, n > 1 ? std : 0), n })
  assert.deepEqual(texts(a(runs(3), runs(3), runs(2), runs(1), 0.41, null)), [
    '0.410 ± 0.020',
    '0.410 ± 0.020',
    '0.410 ± 0.020 (n = 2)',
    '0.410 (n = 1)',
    '0.410',
    '–',
  ])
  const [row] = table(
    [
      { a: runs(3), b: runs(2) },
      { a: runs(2), b: runs(2) },
    ],
    { format: { a: 'percent' } },
  ).rows.slice(1)
  assert.deepEqual(
    [row!.a!.text, row!.b!.text].map((text) => text.replace(/\u00a0/g, ' ')),
    ['41.0 ± 2.0 % (n = 2)', '0.410 ± 0.020'],
  )
  // The number of runs is no part of what is compared.
  assert.deepEqual(bestOf(a(runs(3), runs(2)), { best: { a: 'max' } }), [0, 1])
})

test('table should round a column of numbers alike, unless they are too far apart', () => {
  assert.deepEqual(texts(a(0.5, 0.25, 12)), ['0.50', '0.25', '12.00'])
  assert.deepEqual(texts(a(3, 1_200)), ['3', '1,200'])
  assert.deepEqual(texts(a(1 / 3, 12.3456)), ['0.3333', '12.3456'])
  assert.deepEqual(texts(a(0.001234, 1234.5)), ['0.001234', '1,235'])
  assert.deepEqual(texts(a(1e-9, 0.5)), ['1 × 10⁻⁹', '0.5'])
  assert.deepEqual(texts(a('never', 0.5, 2)), ['never', '0.5', '2.0'])
})

const bestOf = (rows: readonly object[], options: Parameters<typeof table>[1]) =>
  table(rows, options).rows.flatMap((row, index) => (row.a!.best ? [index] : []))

test('table should mark the greatest or the least of a column, all that are printed alike', () => {
  assert.deepEqual(bestOf(a(1, 3, 2, 3), { best: { a: 'max' } }), [1, 3])
  assert.deepEqual(bestOf(a(-1, 3, null, 'never', -1.5), { best: { a: 'min' } }), [4])
  const spreads = a(of(0.911, 0.02), of(0.9112, 0.5), of(0.91, 0.01))
  assert.deepEqual(bestOf(spreads, { best: { a: 'max' }, format: { a: 3 } }), [0, 1])
  assert.deepEqual(bestOf(spreads, { best: { a: 'max' }, format: { a: 4 } }), [1])
  assert.deepEqual(bestOf(a(1), {}), [])
  assert.deepEqual(table([], { columns: ['a'], best: { a: 'max' } }).rows, [])
})

test('table should mark the best of each group', () => {
  const rows = [
    { net: 'x', a: 1 },
    { net: 'y', a: 5 },
    { net: 'x', a: 2 },
    { net: 'y', a: null },
  ]
  assert.deepEqual(bestOf(rows, { best: { a: 'max' }, within: 'net' }), [1, 2])
  assert.deepEqual(bestOf(rows, { columns: ['a'], best: { a: 'min' }, within: 'net' }), [0, 1])
})

test('table should keep a dash for null whatever the formatter', () => {
  assert.equal(table(rows, { format: { parameters: 'count' } }).rows[1]!.parameters!.text, '–')
})

test('table should escape a key that stands for a heading', () => {
  const titles = table([{ train_loss: 1, 'a*b': 2, '[x]': 3 }]).columns.map(({ title }) => title)
  assert.deepEqual(titles, ['train_loss', 'a\\*b', '\\[x\\]'])
})

test('table should make an empty table of given columns only', () => {
  assert.deepEqual(table([], { columns: ['a'] }).rows, [])
  assert.throws(() => table([]), { message: 'Cannot make a table, expected rows or columns, found none' })
})

test('table should give data that JSON keeps', () => {
  const made = table(rows, { caption: 'C' })
  assert.deepEqual(JSON.parse(JSON.stringify(made)), made)
})

test('table should name the row and the column of what it cannot print', () => {
  const cases: [() => unknown, string][] = [
    [
      () => table([{ a: Number.NaN }]),
      'Cannot print row 1, column "a": expected a string, number, boolean, null or Spread, found NaN',
    ],
    [
      () => table([{ accuracy: 1 }], { columns: ['acuracy'] }),
      'Cannot find column "acuracy" in any row, expected one of accuracy: did you mean `accuracy`?',
    ],
    [
      () => table([{ a: { b: 1 } }]),
      'Cannot print row 1, column "a": expected a string, number, boolean, null or Spread, found an object {b}',
    ],
    [
      () => table([{ a: 'x' }], { format: { a: 'percent' } }),
      'Cannot print row 1, column "a": percent expected a number or a Spread, found "x"',
    ],
    [
      () => table([{ a: 1 }], { format: { a: () => 5 as never } }),
      'Cannot print row 1, column "a": expected a string from format.a, found 5',
    ],
    [
      () => table([{ a: 1 }], { format: { a: 'percnt' as never } }),
      'Unexpected "percnt" in format.a, expected a function, decimals or one of percent, fixed, count, seconds: did you mean `percent`?',
    ],
    [() => table([{ a: 1 }], { format: { b: 1 } }), 'Unexpected format of column "b", expected one of a'],
    [
      () => table([{ a: 1 }], { columns: ['a', 'a'] }),
      'Cannot make a table, expected each column once, found "a" twice',
    ],
    [
      () => table(rows, { colums: ['a'] } as never),
      'table: expected options among columns, format, caption, best, within, found "colums": did you mean `columns`?',
    ],
    [
      () => table(rows, { columns: [{ key: 'accuracy', titel: 'A' } as never] }),
      'table: expected options.columns[0] among key, title, align, found "titel": did you mean `title`?',
    ],
    [
      () => table(rows, { best: { acuracy: 'max' } }),
      'Unexpected best of column "acuracy", expected one of optimizer, accuracy, parameters: did you mean `accuracy`?',
    ],
    [
      () => table(rows, { best: { accuracy: 'most' as never } }),
      'Unexpected "most" in best.accuracy, expected max or min',
    ],
    [
      () => table(rows, { best: 'accuracy' as never }),
      'Unexpected best "accuracy", expected a direction a column, such as {accuracy: \'max\'}',
    ],
    [
      () => table(rows, { best: { optimizer: 'max' } }),
      'Cannot mark the best of column "optimizer", expected numbers or Spreads, found "SGD"',
    ],
    [
      () => table(rows, { best: { accuracy: 'max' }, within: 'optimiser' }),
      'Cannot group row 1 by "optimiser", expected one of optimizer, accuracy, parameters: did you mean `optimizer`?',
    ],
    [() => table([1] as never), 'Cannot make a table, expected an object in row 1, found 1'],
    [() => table('x' as never), 'Cannot make a table, expected an array of rows, found "x"'],
    [() => table([{ a: 1 }], { caption: 3 as never }), 'Unexpected caption, expected Markdown, found 3'],
  ]
  for (const [make, message] of cases) assert.throws(make, { message })
})

test('table should print dates, and give them to formatters as they are', () => {
  const rows = [{ day: new Date('2012-01-31'), n: 1 }]
  assert.deepEqual(table(rows).rows[0]!.day, { text: '2012-01-31', raw: '2012-01-31' })
  const format = { day: (day: Date) => String(day.getUTCFullYear()) }
  assert.deepEqual(table(rows, { format }).rows[0]!.day, { text: '2012', raw: '2012-01-31' })
})
