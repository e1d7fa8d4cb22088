import assert from 'node:assert/strict'
import test from 'node:test'
import { DateDay, Table, TimestampMillisecond, tableFromArrays, vectorFromArray } from 'apache-arrow'
import { table as arquero, from } from 'arquero'
import { table } from '../../../src/render/output/index.ts'
import { rowsOfTable } from '../../../src/render/output/table-rows.ts'
import { toOutputs } from '../../../src/render/output/to-outputs.ts'

const day = new Date('2020-01-02')

test('rowsOfTable should read tables of arquero', () => {
  const rows = [
    { a: 1, day, name: 'x' },
    { a: 2, day: null, name: 'y' },
  ]
  assert.deepEqual(rowsOfTable(from(rows)), rows)
  assert.deepEqual(toOutputs(from(rows)), [table(rows)])
  assert.deepEqual(toOutputs([from(rows), from(rows)]), [table(rows), table(rows)])
  assert.deepEqual(rowsOfTable(arquero({ a: [3, 1] }).orderby('a')), [{ a: 1 }, { a: 3 }])
})

test('rowsOfTable should read tables of Apache Arrow, with dates and large numbers', () => {
  const numbers = tableFromArrays({
    small: BigInt64Array.from([1n, -2n]),
    large: BigInt64Array.from([2n ** 60n, 0n]),
  })
  assert.deepEqual(rowsOfTable(numbers), [
    { small: 1, large: '1152921504606846976' },
    { small: -2, large: 0 },
  ])
  const noon = new Date('2020-01-02T12:00:00Z')
  const dates = new Table({
    day: vectorFromArray([day, null], new DateDay()),
    at: vectorFromArray([noon, null], new TimestampMillisecond()),
  })
  assert.deepEqual(rowsOfTable(dates), [
    { day, at: noon },
    { day: null, at: null },
  ])
  assert.equal(table(dates).rows[0]?.at?.text, '2020-01-02 12:00')
})

test('rowsOfTable should leave other values alone', () => {
  for (const value of [
    undefined,
    null,
    5,
    [],
    [{ a: 1 }],
    { objects: 'a column' },
    new Float32Array(2),
    { toArray: () => [] },
  ])
    assert.equal(rowsOfTable(value), undefined)
})
