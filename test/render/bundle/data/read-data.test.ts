import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { tableFromArrays, tableToIPC } from 'apache-arrow'
import sqlite from 'node-sqlite3-wasm'
import { loadPackage } from '../../../../src/render/bundle/data/load-package.ts'
import { type DataFileError, readData, readTextData } from '../../../../src/render/bundle/data/read-data.ts'
import { rowsDeclaration } from '../../../../src/render/bundle/types/rows-type.ts'
import { temporaryProject } from '../../execute/temporary-project.ts'

type Test = Parameters<typeof temporaryProject>[0]

const parquet = readFileSync(new URL('../../../fixtures/data/rows.parquet', import.meta.url))

async function faultOf(read: Promise<unknown>): Promise<string> {
  const error = (await read.then(
    () => assert.fail('it was read'),
    (cause: Error) => cause,
  )) as DataFileError
  return `${error.file.split('/').at(-1)} ${error.place ? `${error.place.line}:${error.place.column} ` : ''}${error.message}`
}

function database(t: Test): string {
  const path = join(temporaryProject(t, {}), 'a.sqlite')
  const opened = new sqlite.Database(path)
  opened.exec('create table birds (name text, mass real, n integer); create table others (a)')
  opened.run("insert into birds values ('tit', 0.5, 1), ('owl', null, 9007199254740995)")
  opened.close()
  return path
}

test('readData should read Parquet', async (t) => {
  const root = temporaryProject(t, { 'a.parquet': parquet, 'b.parquet': 'no such file' })
  const { columns, rows, dates } = await readData(join(root, 'a.parquet'), {})
  assert.deepEqual(columns, ['name', 'n', 'x', 'big', 'at', 'ok', 'list'])
  assert.deepEqual(rows[0], {
    ...{ name: 'x', n: 1, x: 1.5, big: 1, at: new Date('2020-01-02T10:00:00Z'), ok: true, list: { a: 1 } },
  })
  assert.equal(rows[2]!.big, '1152921504606846976')
  assert.deepEqual(dates, ['at'])
  const some = await readData(join(root, 'a.parquet'), { columns: 'x, name' })
  assert.deepEqual(some.rows[1], { x: 2.5, name: 'y' })
  assert.match(
    await faultOf(readData(join(root, 'a.parquet'), { columns: 'y' })),
    /^a.parquet expected columns among name, n, .*, found "y"/,
  )
  assert.match(await faultOf(readData(join(root, 'b.parquet'), {})), /^b.parquet parquet file invalid/)
  assert.equal(
    rowsDeclaration(some),
    'declare const rows: { "x": number | null; "name": string | null }[]\nexport default rows\n',
  )
})

test('readData should read Arrow', async (t) => {
  const table = tableFromArrays({ a: Int32Array.from([1, 2]), b: ['x', 'y'] })
  const root = temporaryProject(t, {
    'a.arrow': tableToIPC(table, 'file'),
    'b.feather': tableToIPC(table, 'stream'),
    'c.arrow': tableToIPC(table.slice(0, 0), 'file'),
    'd.arrow': 'none',
  })
  for (const name of ['a.arrow', 'b.feather'])
    assert.deepEqual((await readData(join(root, name), {})).rows, [
      { a: 1, b: 'x' },
      { a: 2, b: 'y' },
    ])
  assert.deepEqual(await readData(join(root, 'c.arrow'), { columns: 'b' }), {
    ...{ columns: ['b'], rows: [], dates: [] },
  })
  assert.match(
    await faultOf(readData(join(root, 'd.arrow'), {})),
    /expected the columns of an Arrow table, found none/,
  )
})

test('readData should read tables and queries of SQLite', async (t) => {
  const path = database(t)
  const rows = [
    { name: 'tit', mass: 0.5, n: 1 },
    { name: 'owl', mass: null, n: '9007199254740995' },
  ]
  assert.deepEqual((await readData(path, { table: 'birds' })).rows, rows)
  assert.deepEqual((await readData(path, { query: 'select name from birds order by name' })).rows, [
    { name: 'owl' },
    { name: 'tit' },
  ])
  const cases: [Record<string, string>, RegExp][] = [
    [
      { query: "select 1 as a, x'00' as b" },
      /expected JSON or a date in column b, found an Uint8Array in row 1/,
    ],
    [{}, /expected with \{ table: '...' \} or with \{ query: 'select ...' \}, since it has birds, others/],
    [{ table: 'bird' }, /expected a table among birds, others, found "bird"/],
    [{ table: 'birds', query: 'select 1' }, /expected a table or a query, found both/],
    [{ query: 'select beak from birds' }, /no such column/],
  ]
  for (const [attributes, message] of cases) assert.match(await faultOf(readData(path, attributes)), message)
})

test('readData should take the schema beside a file, and say which of both is wrong', async (t) => {
  const schema = { fields: [{ name: 'day', type: 'date' }] }
  const root = temporaryProject(t, {
    'a.csv': 'day,n\n2012-01-31,1\nx,2\n',
    'a.csv.schema.json': JSON.stringify(schema),
  })
  const path = join(root, 'a.csv')
  assert.equal(
    await faultOf(readData(path, {})),
    'a.csv 3:1 expected a date such as 2012-01-31 in column day, found "x"',
  )
  writeFileSync(path, 'day,n\n2012-01-31,1\n')
  assert.deepEqual((await readData(path, {})).dates, ['day'])
  assert.deepEqual(readTextData(path, {}).dates, ['day'])
  writeFileSync(`${path}.schema.json`, '{"fields": [{"name": "day", "type": "day"}]}')
  assert.match(await faultOf(readData(path, {})), /^a.csv.schema.json expected one of string, .* found "day"/)
  assert.throws(() => readTextData(database(t), { table: 'birds' }), /expected a file of text, found sqlite/)
  writeFileSync(`${path}.schema.json`, JSON.stringify(schema))
  writeFileSync(path, Buffer.from([0x61, 0x0a, 0xff]))
  assert.match(await faultOf(readData(path, {})), /expected UTF-8, found other bytes/)
})

test('readData should read some columns of a file with a schema', async (t) => {
  const root = temporaryProject(t, {
    'a.csv': 'a,b\n1,2\n',
    'a.csv.schema.json': '{"fields": [{"name": "a", "type": "string"}, {"name": "b", "type": "string"}]}',
  })
  assert.deepEqual((await readData(join(root, 'a.csv'), { columns: 'b' })).rows, [{ b: '2' }])
})

test('loadPackage should name the command for a package that is missing', async () => {
  await assert.rejects(
    () => loadPackage('hyparquet', () => import('no-such-package-at-all' as never)),
    /expected the package hyparquet, which reads it: npx weft add parquet/,
  )
  await assert.rejects(() => loadPackage('a', () => Promise.reject(new Error('broken'))), /^Error: broken$/)
})

test('rowsDeclaration should unite the types of nested values', () => {
  const rows = [
    { a: { x: 1 }, b: [1, 'x'] },
    { a: { x: 2, y: true }, b: [] },
  ] as never
  assert.equal(
    rowsDeclaration({ columns: ['a', 'b'], rows }),
    'declare const rows: { "a": { "x": number; "y"?: boolean }; "b": (number | string)[] }[]\nexport default rows\n',
  )
  assert.match(rowsDeclaration({ columns: ['a'], rows: [] }), /"a": string/)
})
