import assert from 'node:assert/strict'
import test from 'node:test'
import { table } from '../../../src/render/output/index.ts'

type Options = Parameters<typeof table>[1]

/** The printed table, the keys of its columns first. */
function printed(rows: readonly object[], options?: Options): string[] {
  const made = table(rows, options)
  const keys = made.columns.map(({ key }) => key)
  return [keys, ...made.rows.map((row) => keys.map((key) => row[key]!.text))].map((line) => line.join(' | '))
}

const tables: [string, readonly object[], Options, string[]][] = [
  [
    'a member of a later row',
    [{ net: 'A' }, { net: 'B', rate: 0.5 }],
    {},
    ['net | rate', 'A | –', 'B | 0.5'],
  ],
  [
    'members in the order of their first rows',
    [{ b: 1 }, { a: 2, b: 3 }, { c: 4 }],
    {},
    ['b | a | c', '1 | – | –', '3 | 2 | –', '– | – | 4'],
  ],
  ['null among values', [{ a: 1 }, { a: null }], {}, ['a', '1', '–']],
  ['null alone', [{ a: null, b: 1 }], {}, ['a | b', '– | 1']],
  ['an empty row key', [{ '': 1, b: 2 }], {}, [' | b', '1 | 2']],
  [
    'keys that are whole numbers, after names',
    [{ net: 'A', 400: 1, 200: 2 }],
    {},
    ['net | 200 | 400', 'A | 2 | 1'],
  ],
  [
    'keys that look like numbers but are names',
    [{ '1.5': 1, '01': 2, '-1': 3 }],
    {},
    ['1.5 | 01 | -1', '1 | 2 | 3'],
  ],
  [
    'a list of keys in its order',
    [{ net: 'A', 400: 1, 200: 2 }],
    { columns: ['400', 'net', '200'] },
    ['400 | net | 200', '1 | A | 2'],
  ],
  [
    'a list of columns in its order',
    [{ 1: 'x', 2: 'y' }],
    { columns: [{ key: '2', title: 'Two' }, { key: '1' }] },
    ['2 | 1', 'y | x'],
  ],
  ['headings in their order', [{ b: 1, a: 2 }], { columns: { a: 'A', b: 'B' } }, ['a | b', '2 | 1']],
  ['one heading of a whole number', [{ 2019: 1, net: 'A' }], { columns: { 2019: 'Year' } }, ['2019', '1']],
  [
    'a wanted column that a later row has',
    [{ a: 1 }, { a: 2, b: 3 }],
    { columns: ['a', 'b'] },
    ['a | b', '1 | –', '2 | 3'],
  ],
  [
    'keys that every object inherits',
    [{ constructor: 1, toString: 2 }, { constructor: 3 }],
    {},
    ['constructor | toString', '1 | 2', '3 | –'],
  ],
  ['__proto__ as a key', [JSON.parse('{"__proto__": 1, "b": 2}')], {}, ['__proto__ | b', '1 | 2']],
  ['no rows', [], { columns: ['a', 'b'] }, ['a | b']],
  [
    'a row made by a class',
    [
      new (class {
        a = 1
        get b() {
          return 2
        }
      })(),
    ],
    { columns: ['a', 'b'] },
    ['a | b', '1 | 2'],
  ],
  ['a record without a prototype', [Object.assign(Object.create(null), { a: 1 })], {}, ['a', '1']],
  [
    'a Spread beside a gap',
    [{ a: { mean: 1, std: 0.5, n: 2, min: 0.5, max: 1.5 } }, { b: 1 }],
    {},
    ['a | b', '1.00\u00a0±\u00a00.50 | –', '– | 1'],
  ],
  [
    'a format of a member that a row lacks',
    [{ a: 0.5 }, { b: 1 }],
    { format: { a: 'percent' } },
    ['a | b', '50.0\u00a0% | –', '– | 1'],
  ],
  [
    'the best of a column with gaps',
    [{ a: 1 }, { b: 1 }, { a: 3, b: 1 }],
    { best: { a: 'max' } },
    ['a | b', '1 | –', '– | 1', '3 | 1'],
  ],
]

for (const [name, rows, options, expected] of tables)
  test(`table should print ${name}`, () => assert.deepEqual(printed(rows, options), expected))

const undefinedValue = (row: number, key: string) =>
  `Cannot print row ${row}, column "${key}": undefined, expected a value, or null for a dash`
const order = (key: string, list: string) =>
  `Cannot keep the order of the columns, JavaScript puts keys that are whole numbers, as ${key}, before others: give them as a list in your order, \`columns: [${list}]\``

const faults: [string, readonly unknown[], unknown, string][] = [
  [
    'undefined, as of a misspelt member',
    [{ net: 'A', accuracy: undefined }],
    {},
    undefinedValue(1, 'accuracy'),
  ],
  ['undefined among values', [{ a: 1 }, { a: undefined }], {}, undefinedValue(2, 'a')],
  ['undefined in a wanted column', [{ a: 1, b: undefined }], { columns: ['b'] }, undefinedValue(1, 'b')],
  ['undefined for a formatter', [{ a: undefined }], { format: { a: () => 'x' } }, undefinedValue(1, 'a')],
  [
    'a column that no row has',
    [{ a: 1 }, { b: 1 }],
    { columns: ['a', 'c'] },
    'Cannot find column "c" in any row, expected one of a, b',
  ],
  [
    'a heading that no row has',
    [{ accuracy: 1 }],
    { columns: { acuracy: 'A' } },
    'Cannot find column "acuracy" in any row, expected one of accuracy: did you mean `accuracy`?',
  ],
  [
    'a column that all objects inherit',
    [{ a: 1 }],
    { columns: ['constructor'] },
    'Cannot find column "constructor" in any row, expected one of a',
  ],
  [
    'a row that misspells a column',
    [{ accuracy: 1 }, { acuracy: 2 }],
    { columns: ['accuracy'] },
    'Cannot find column "accuracy" in row 2, found "acuracy": write it the same way in all rows, or null for a dash',
  ],
  [
    'headings whose order is lost',
    [{ net: 'A', 400: 1, 200: 2 }],
    { columns: { net: 'Network', 400: '400 units', 200: '200 units' } },
    order(
      '200',
      '{ key: "200", title: "200 units" }, { key: "400", title: "400 units" }, { key: "net", title: "Network" }',
    ),
  ],
  [
    'two headings of whole numbers',
    [{ 400: 1, 200: 2 }],
    { columns: { 400: 'b', 200: 'a' } },
    order('200', '{ key: "200", title: "a" }, { key: "400", title: "b" }'),
  ],
  [
    'a row without members',
    [{ a: 1 }, {}],
    {},
    'Cannot make a table, expected one of the columns a in row 2, found an object {}',
  ],
  [
    'a row that is a Map',
    [{ a: 1 }, new Map([['a', 1]])],
    {},
    'Cannot make a table, expected one of the columns a in row 2, found a Map',
  ],
  [
    'a row that was not awaited',
    [{ a: 1 }, Promise.resolve({ a: 1 })],
    {},
    'Cannot make a table, expected one of the columns a in row 2, found a Promise',
  ],
  [
    'a row with none of the columns',
    [{ a: 1 }, { other: 1 }],
    { columns: ['a'] },
    'Cannot make a table, expected one of the columns a in row 2, found an object {other}',
  ],
  ['a hole in the rows', Array(2), {}, 'Cannot make a table, expected an object in row 1, found undefined'],
  [
    'a row that is an array',
    [[1, 2]],
    {},
    'Cannot make a table, expected an object in row 1, found an array of 2',
  ],
  [
    'a heading that is no text',
    [{ a: 1 }],
    { columns: { a: 5 } },
    'table: expected a heading at options.columns.a, found 5',
  ],
  [
    'a heading of a list that is no text',
    [{ a: 1 }],
    { columns: [{ key: 'a', title: null }] },
    'table: expected a heading at options.columns[0].title, found null',
  ],
  [
    'a column without a key',
    [{ a: 1 }],
    { columns: [{ title: 'A' }] },
    'table: expected the key of a column at options.columns[0], found undefined',
  ],
  [
    'a key that is a number',
    [{ 5: 1 }],
    { columns: [5] },
    'table: expected an object at options.columns[0], found 5',
  ],
  [
    'another alignment',
    [{ a: 1 }],
    { columns: [{ key: 'a', align: 'centre' }] },
    'table: expected left, right, center at options.columns[0].align, found "centre"',
  ],
  [
    'columns as a text',
    [{ a: 1 }],
    { columns: 'a' },
    'table: expected keys, or headings by key, at options.columns, found "a"',
  ],
  [
    'several unknown options',
    [{ a: 1 }],
    { column: {}, captoin: 'x' },
    'table: expected options among columns, format, caption, best, within, found "column": did you mean `columns`?, "captoin": did you mean `caption`?',
  ],
  [
    'a format of no column',
    [{ mass: 1 }],
    { format: { mas: 1 } },
    'Unexpected format of column "mas", expected one of mass: did you mean `mass`?',
  ],
  [
    'a format for all columns',
    [{ a: 1 }],
    { format: 'percent' },
    'Unexpected format "percent", expected one a column, such as {accuracy: \'percent\'}',
  ],
  [
    'a caption as the options',
    [{ a: 1 }],
    'A caption',
    'table: expected an object at options, found "A caption"',
  ],
  [
    'a group that is undefined',
    [{ a: 1, b: undefined }],
    { columns: ['a'], best: { a: 'max' }, within: 'b' },
    'Cannot group row 1 by "b", expected text or a number, found undefined',
  ],
  [
    'groups that are never equal',
    [{ a: 1, b: { of: 1 } }],
    { columns: ['a'], best: { a: 'max' }, within: 'b' },
    'Cannot group row 1 by "b", expected text or a number, found an object {of}',
  ],
  [
    'a group that a row lacks',
    [{ a: 1, b: 1 }, { a: 2 }],
    { best: { a: 'max' }, within: 'b' },
    'Cannot group row 2 by "b", expected one of a',
  ],
]

for (const [name, rows, options, message] of faults)
  test(`table should refuse ${name}`, () =>
    assert.throws(() => table(rows as readonly object[], options as Options), { message }))
