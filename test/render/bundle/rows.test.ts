import assert from 'node:assert/strict'
import test from 'node:test'
import { parseRows } from '../../../src/render/bundle/rows.ts'

const cases: [string, string, object[]][] = [
  [
    'numbers of any sign and exponent',
    'a,b\n-1,+2.5\n.5,1e-3\n0,-0.0',
    [
      { a: -1, b: 2.5 },
      { a: 0.5, b: 0.001 },
      { a: 0, b: -0 },
    ],
  ],
  [
    'empty fields of a number column as null',
    'a\n1\n\n""\n2',
    [{ a: 1 }, { a: null }, { a: null }, { a: 2 }],
  ],
  ['a column with one word as text', 'a\n1\nx', [{ a: '1' }, { a: 'x' }]],
  ['codes as text', 'a,b,c,d\n007,0x10,1_000,Infinity', [{ a: '007', b: '0x10', c: '1_000', d: 'Infinity' }]],
  ['a column of empty fields as text', 'a,b\n,1', [{ a: '', b: 1 }]],
  ['quotes, commas and line ends', '"a ""b""",c\r\n"x, y","1\n2"\r\n', [{ 'a "b"': 'x, y', c: '1\n2' }]],
  ['only a header', 'a,b\n', []],
  ['a byte order mark', '\uFEFFa\n1', [{ a: 1 }]],
  ['unchanged white space', 'a\n 1', [{ a: ' 1' }]],
]

test('parseRows should read', async (t) => {
  for (const [what, text, rows] of cases)
    await t.test(what, () => assert.deepEqual(parseRows(text, ','), rows))
  await t.test('tabs', () => assert.deepEqual(parseRows('a\tb\n1\tx, y', '\t'), [{ a: 1, b: 'x, y' }]))
})

test('parseRows should read dates where they are asked for', () => {
  const text = 'day,n\n2012-01-31,1\n2012/2/1,2\n,3\n2012,4\n2012-03,5\n'
  const utc = (...parts: readonly [number, number, number?]) => new Date(Date.UTC(...parts))
  assert.deepEqual(parseRows(text, ',', ['day']), [
    { day: utc(2012, 0, 31), n: 1 },
    { day: utc(2012, 1, 1), n: 2 },
    { day: null, n: 3 },
    { day: utc(2012, 0), n: 4 },
    { day: utc(2012, 2), n: 5 },
  ])
  assert.deepEqual(parseRows(text, ',')[0], { day: '2012-01-31', n: 1 })
  const times = 'at\n2012-01-31T12:30Z\n2012-01-31 12:30:15.5\n2012-01-31T12:30+02:00\n'
  assert.deepEqual(
    parseRows(times, ',', ['at']).map(({ at }) => (at as Date).toISOString()),
    ['2012-01-31T12:30:00.000Z', '2012-01-31T12:30:15.500Z', '2012-01-31T10:30:00.000Z'],
  )
})

test('parseRows should refuse dates that it could read wrongly', () => {
  for (const field of [
    '01/02/2012',
    '31.01.2012',
    '2012-02-30',
    '2012-13-01',
    '2012-00-10',
    'Jan 5',
    '20120131',
    '2012-01-31T25:00',
  ])
    assert.throws(
      () => parseRows(`day\n2012-01-01\n${field}`, ',', ['day']),
      {
        message: `expected a date such as 2012-01-31 or 2012-01-31T12:00 in column day, row 2, found "${field}"`,
      },
      field,
    )
  assert.throws(() => parseRows('day,n\n2012-01-01,1', ',', ['dya']), {
    message: 'expected a column of dates among day, n, found "dya": did you mean `day`?',
  })
})
