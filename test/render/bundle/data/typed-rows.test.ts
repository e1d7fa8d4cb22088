import assert from 'node:assert/strict'
import test from 'node:test'
import { DataError } from '../../../../src/render/bundle/data/data-error.ts'
import { readDelimitedTable, readJsonLines } from '../../../../src/render/bundle/data/read-table.ts'
import { readSchema } from '../../../../src/render/bundle/data/schema.ts'
import { toldBy } from '../../../../src/render/bundle/data/told.ts'
import { typedRows } from '../../../../src/render/bundle/data/typed-rows.ts'

function readRows(
  text: string,
  delimiter: ',' | '\t',
  attributes: Record<string, string> = {},
  schema?: object,
) {
  const beside = schema && readSchema(JSON.stringify(schema))
  const told = toldBy(attributes, 'csv', beside)
  return typedRows(readDelimitedTable(text, told.delimiter ?? delimiter), told.schema)
}

/** The message of a fault, with its place. */
function faultOf(read: () => unknown): string {
  try {
    read()
  } catch (cause) {
    assert.ok(cause instanceof DataError)
    const { place, message } = cause
    return place ? `${place.line}:${place.column} ${message}` : message
  }
  return 'none'
}

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

test('typedRows should read', async (t) => {
  for (const [what, text, rows] of cases)
    await t.test(what, () => assert.deepEqual(readRows(text, ','), rows))
  await t.test('tabs', () => assert.deepEqual(readRows('a\tb\n1\tx, y', '\t'), [{ a: 1, b: 'x, y' }]))
})

test('typedRows should read dates where they are asked for', () => {
  const text = 'day,n\n2012-01-31,1\n2012/2/1,2\n,3\n2012,4\n2012-03,5\n'
  const utc = (...parts: readonly [number, number, number?]) => new Date(Date.UTC(...parts))
  assert.deepEqual(readRows(text, ',', { dates: 'day' }), [
    { day: utc(2012, 0, 31), n: 1 },
    { day: utc(2012, 1, 1), n: 2 },
    { day: null, n: 3 },
    { day: utc(2012, 0), n: 4 },
    { day: utc(2012, 2), n: 5 },
  ])
  assert.deepEqual(readRows(text, ',')[0], { day: '2012-01-31', n: 1 })
  const times = 'at\n2012-01-31T12:30Z\n2012-01-31 12:30:15.5\n2012-01-31T12:30+02:00\n'
  assert.deepEqual(
    readRows(times, ',', { dates: 'at' }).map(({ at }) => (at as Date).toISOString()),
    ['2012-01-31T12:30:00.000Z', '2012-01-31T12:30:15.500Z', '2012-01-31T10:30:00.000Z'],
  )
})

test('typedRows should refuse dates that it could read wrongly', () => {
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
    assert.equal(
      faultOf(() => readRows(`day\n2012-01-01\n${field}`, ',', { dates: 'day' })),
      `3:1 expected a date such as 2012-01-31 in column day, found "${field}"`,
    )
  assert.equal(
    faultOf(() => readRows('day,n\n2012-01-01,1', ',', { dates: 'dya' })),
    'expected the column dya, found day, n: did you mean `day`?',
  )
})

test('an import should say what columns hold', () => {
  const text = 'zip,n,ok,s\n01234,NA,1,5\n-,2,0,\n'
  const told = { texts: 'zip, s', numbers: 'n', booleans: 'ok', missing: 'NA, -' }
  assert.deepEqual(readRows(text, ',', told), [
    { zip: '01234', n: null, ok: true, s: '5' },
    { zip: null, n: 2, ok: false, s: null },
  ])
  assert.deepEqual(readRows('a,b\nNA,x\n1,NA\n', ',', { missing: 'NA' }), [
    { a: null, b: 'x' },
    { a: 1, b: null },
  ])
  assert.deepEqual(readRows('a\n1', ',', { type: 'csv' }), [{ a: 1 }])
  const faults: [Record<string, string>, string][] = [
    [
      { date: 'a' },
      'expected with { dates, numbers, texts, booleans, missing, columns, delimiter, decimal }, found date: did you mean `dates`?',
    ],
    [
      { type: 'json' },
      'expected with { dates, numbers, texts, booleans, missing, columns, delimiter, decimal }, found type',
    ],
    [{ numbers: 'n' }, '2:7 expected a number such as 1234.5 in column n, found "NA"'],
  ]
  for (const [attributes, message] of faults)
    assert.equal(
      faultOf(() => readRows(text, ',', attributes)),
      message,
    )
})

test('an import should say which signs stand between fields and before decimals', () => {
  const text = 'zip;mass;n\n01234;1,5;1\n99999;;2\n'
  assert.deepEqual(readRows(text, ',', { delimiter: ';', decimal: ',' }), [
    { zip: '01234', mass: 1.5, n: 1 },
    { zip: '99999', mass: null, n: 2 },
  ])
  assert.deepEqual(readRows(text, ',', { delimiter: ';', decimal: ',', numbers: 'mass' })[0]!.mass, 1.5)
  const beside = { fields: [{ name: 'mass', type: 'number', constraints: { maximum: '1,5' } }] }
  assert.deepEqual(readRows(text, ',', { delimiter: ';', decimal: ',' }, beside)[0]!.mass, 1.5)
  assert.deepEqual(readRows('"a;b"\n1\n', ','), [{ 'a;b': 1 }])
  assert.deepEqual(readRows('"a":"b"\n"1":2\n', ',', { delimiter: ':' }), [{ a: 1, b: 2 }])
  const wrong = { delimiter: ';;' }
  assert.equal(
    faultOf(() => readRows(text, ',', wrong)),
    'expected one sign as delimiter, found ";;"',
  )
  assert.equal(
    faultOf(() => readRows(text, ',')),
    '1:1 expected "," between columns, found ";": say with { delimiter: ";" }, or put the name in quotes if it is one column',
  )
})

test('numbers that JavaScript would round should stay text', () => {
  assert.deepEqual(readRows('id\n12345678901234567890\n2\n', ','), [
    { id: '12345678901234567890' },
    { id: '2' },
  ])
  assert.deepEqual(readRows('id\n9007199254740991\n', ','), [{ id: 9007199254740991 }])
})

test('a file that would lose fields should be refused at its place', () => {
  const cases: [string, string][] = [
    [
      'a,b\n1,2\n1,2,3\n',
      '3:5 expected 2 fields as in the header, found 3: put a field with the delimiter in it in quotes',
    ],
    ['a,b,a\n1,2,3\n', '1:5 expected each column once, found "a" again'],
    ['a,b\n1,"2\n3,4\n', '2:3 expected a closing quote, found the end of the file'],
    [
      'a,b\n1,"2"x\n',
      '2:6 expected "," or the end of the line behind a closing quote, found "x": double a quote that is part of the text',
    ],
    [
      '"a";"b"\n1;2\n',
      '1:4 expected "," or the end of the line behind a closing quote, found ";\\"b\\"": say with { delimiter: ";" } if that stands between fields',
    ],
  ]
  for (const [text, message] of cases)
    assert.equal(
      faultOf(() => readRows(text, ',')),
      message,
    )
  assert.deepEqual(readRows('a,b\n1\n\n2,3,\n', ','), [
    { a: 1, b: null },
    { a: 2, b: 3 },
  ])
  assert.deepEqual(readRows('', ','), [])
})

const schema = {
  fields: [
    { name: 'day', type: 'date', format: '%d.%m.%Y', title: 'A day' },
    {
      name: 'mass',
      type: 'number',
      decimalChar: ',',
      groupChar: '.',
      constraints: { minimum: 0, maximum: 5000 },
    },
    { name: 'sex', type: 'string', missingValues: ['NA', ''], constraints: { enum: ['male', 'female'] } },
    { name: 'n', type: 'integer', constraints: { required: true, unique: true } },
    { name: 'ok', type: 'boolean', trueValues: ['ja'], falseValues: ['nein'] },
    { name: 'at', type: 'datetime' },
    { name: 'year', type: 'year' },
    { name: 'code', constraints: { pattern: '[A-Z]+' } },
  ],
}
const head = 'day,mass,sex,n,ok,at,year,code,rest'
const fine = '31.01.2012,"1.234,5",male,1,ja,2012-01-31T12:00:00Z,2012,AB,7'

test('a schema should give columns their types, and leave others as they are', () => {
  const rows = readRows([head, fine, ',,NA,2,nein,,,,x'].join('\n'), ',', {}, schema)
  const none = { day: null, mass: null, sex: null, n: 2, ok: false, at: null, year: null, code: null }
  assert.deepEqual(rows, [
    {
      ...{ day: new Date('2012-01-31'), mass: 1234.5, sex: 'male', n: 1, ok: true },
      ...{ at: new Date('2012-01-31T12:00Z'), year: 2012, code: 'AB', rest: '7' },
    },
    { ...none, rest: 'x' },
  ])
  assert.deepEqual(readRows([head, fine].join('\n'), ',', { texts: 'year' }, schema)[0]!.year, '2012')
})

test('a value that does not fit a schema should be refused at its place', () => {
  const with1 = (from: string, to: string) =>
    readRows([head, fine, fine.replace(',1,ja', ',2,ja').replace(from, to)].join('\n'), ',', {}, schema)
  const cases: [string, string, string][] = [
    ['31.01.2012', '31.02.2012', '3:1 expected a date as %d.%m.%Y in column day, found "31.02.2012"'],
    ['31.01.2012', '2012-01-31', '3:1 expected a date as %d.%m.%Y in column day, found "2012-01-31"'],
    ['1.234,5', '12.5x', '3:12 expected a number such as 1.234,5 in column mass, found "12.5x"'],
    ['1.234,5', '-1', '3:12 expected at least 0 in column mass, found -1'],
    ['1.234,5', '5.001', '3:12 expected at most 5000 in column mass, found 5001'],
    ['male', 'mal', '3:22 expected one of male, female in column sex, found "mal"'],
    [',2,ja', ',1,ja', '3:27 expected each value once in column n, found "1" again'],
    [',2,ja', ',,ja', '3:27 expected a value in column n, found an empty field'],
    [',2,ja', ',2.5,ja', '3:27 expected a whole number in column n, found "2.5"'],
    ['ja', 'yes', '3:29 expected one of ja, nein in column ok, found "yes"'],
    [
      '2012-01-31T12:00:00Z',
      'noon',
      '3:32 expected a date such as 2012-01-31T12:00:00Z in column at, found "noon"',
    ],
    [',2012,AB', ',12,AB', '3:53 expected a year of four digits in column year, found "12"'],
    ['AB', 'ab', '3:58 expected text as /[A-Z]+/ in column code, found "ab"'],
  ]
  for (const [from, to, message] of cases)
    assert.equal(
      faultOf(() => with1(from, to)),
      message,
    )
  assert.equal(
    faultOf(() => readRows('n\nx\ny\nz', ',', { numbers: 'n' })),
    '2:1 expected a number such as 1234.5 in column n, found "x" (and 2 more values)',
  )
})

test('constraints should be written as the values of their column', () => {
  const read = (text: string, field: object) => readRows(text, ',', {}, { fields: [{ name: 'a', ...field }] })
  const date = { type: 'date', format: '%d.%m.%Y' }
  const day = 'a\n31.01.2012\n'
  for (const constraints of [{ minimum: '31.01.2012', maximum: '31.01.2012' }, { enum: ['31.01.2012'] }])
    assert.deepEqual(read(day, { ...date, constraints }), [{ a: new Date('2012-01-31') }])
  const faults: [string, object, string][] = [
    [
      day,
      { ...date, constraints: { minimum: '01.02.2012' } },
      '2:1 expected at least 01.02.2012 in column a, found 2012-01-31',
    ],
    [
      day,
      { ...date, constraints: { enum: ['01.02.2012'] } },
      '2:1 expected one of 01.02.2012 in column a, found 2012-01-31',
    ],
    [
      'a\n15\n',
      { constraints: { maximum: 'x' } },
      '2:1 expected a number or a date as maximum in the schema in column a, found "x"',
    ],
    [
      'a,b\n,1\n',
      { constraints: { required: true } },
      '2:1 expected a value in column a, found an empty field',
    ],
  ]
  for (const [text, field, message] of faults)
    assert.equal(
      faultOf(() => read(text, field)),
      message,
    )
  const unique = { constraints: { unique: true } }
  const times = 'a\n2012-01-31T00:00:00.1Z\n2012-01-31T00:00:00.2Z\n'
  assert.equal(read(times, { type: 'datetime', ...unique }).length, 2)
})

test('readSchema should name what is wrong', () => {
  const cases: [unknown, RegExp][] = [
    ['{', /^expected JSON, /],
    [[], /^expected an object at the schema, found an empty array/],
    [{}, /^expected a list at fields, found undefined/],
    [{ fields: [{ type: 'date' }] }, /^expected the name of a column at fields\[0\].name, found undefined/],
    [{ fields: [{ name: 'a', type: 'dat' }] }, /at fields\[0\].type, found "dat": did you mean `date`\?/],
    [{ fields: [{ name: 'a', typ: 'date' }] }, /in fields\[0\], found "typ": did you mean `type`\?/],
    [{ fields: [{ name: 'a', constraints: { min: 1 } }] }, /in fields\[0\].constraints, found "min"/],
    [{ fields: [], missingValues: 'NA' }, /^expected a list of texts at missingValues, found "NA"/],
    [{ fields: [{ name: 'a', format: 5 }] }, /^expected text at fields\[0\].format, found 5/],
    [{ fields: [{ name: 'a', decimalChar: 5 }] }, /^expected text at fields\[0\].decimalChar, found 5/],
    ...([
      [{ minimum: null }, /^expected a number or text at fields\[0\].constraints.minimum, found null/],
      [{ enum: 5 }, /^expected a list at fields\[0\].constraints.enum, found 5/],
      [{ pattern: '(' }, /^expected a regular expression at fields\[0\].constraints.pattern, found "\("/],
    ].map(([constraints, message]) => [{ fields: [{ name: 'a', constraints }] }, message]) as [
      unknown,
      RegExp,
    ][]),
  ]
  for (const [json, message] of cases)
    assert.throws(() => readSchema(typeof json === 'string' ? json : JSON.stringify(json)), { message })
  assert.throws(
    () => readRows('a\n1', ',', {}, { fields: [{ name: 'a', type: 'date', format: '%Q' }] }),
    /expected %Y, .*found %Q/,
  )
})

test('lines of JSON should be rows, each an object', () => {
  const text = '{"a": 1, "day": "2012-01-31", "deep": {"x": [1]}}\n\n{"a": null}\r\n'
  assert.deepEqual(typedRows(readJsonLines(text), toldBy({ dates: 'day' }, 'jsonl', undefined).schema), [
    { a: 1, day: new Date('2012-01-31'), deep: { x: [1] } },
    { a: null, day: null, deep: null },
  ])
  assert.match(
    faultOf(() => readJsonLines('{"a": 1}\n{"a": }\n')),
    /^2:1 expected one JSON object a line, /,
  )
  assert.equal(
    faultOf(() => readJsonLines('{"a": 1}\n  [1]')),
    '2:1 expected one JSON object a line, found an array of 1',
  )
  assert.equal(
    faultOf(() =>
      typedRows(readJsonLines('{"n": 1}\n{"n": "x"}'), toldBy({ numbers: 'n' }, 'jsonl', undefined).schema),
    ),
    '2:1 expected a number such as 1234.5 in column n, found "x"',
  )
})
