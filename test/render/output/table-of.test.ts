import assert from 'node:assert/strict'
import test from 'node:test'
import { percent, table } from '../../../src/render/output/index.ts'

const spread = { mean: 0.96, std: 0.004, n: 5, min: 0.95, max: 0.97 }
const rows = [
  { optimizer: 'SGD', accuracy: spread, parameters: 12_000 },
  { optimizer: 'Adam', accuracy: 0.5, parameters: null },
]

test('table should take all members of the first row', () => {
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
    [() => table([{ a: 1 }, { b: 1 }]), 'Cannot print row 2, column "a", expected one of b'],
    [
      () => table([{ accuracy: 1 }], { columns: ['acuracy'] }),
      'Cannot print row 1, column "acuracy", expected one of accuracy: did you mean `accuracy`?',
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
      'Unexpected "percnt" in format.a, expected a function, decimals or one of percent, fixed, count, seconds',
    ],
    [() => table([{ a: 1 }], { format: { b: 1 } }), 'Unexpected format of column "b", expected one of a'],
    [
      () => table([{ a: 1 }], { columns: ['a', 'a'] }),
      'Cannot make a table, expected each column once, found "a" twice',
    ],
    [() => table([1] as never), 'Cannot make a table, expected an object in row 1, found 1'],
    [() => table('x' as never), 'Cannot make a table, expected an array of rows, found "x"'],
    [() => table([{ a: 1 }], { caption: 3 as never }), 'Unexpected caption, expected Markdown, found 3'],
  ]
  for (const [make, message] of cases) assert.throws(make, { message })
})
