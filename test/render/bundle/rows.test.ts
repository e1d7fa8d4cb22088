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
