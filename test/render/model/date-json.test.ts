import assert from 'node:assert/strict'
import test from 'node:test'
import { datesToJson, parseWithDates } from '../../../src/render/model/date-json.ts'

const day = new Date('2012-01-31')

test('dates should come back from JSON as dates', () => {
  const value = { rows: [{ day, n: 1 }, { day: null }], list: [1, 2], at: day }
  const text = JSON.stringify(datesToJson(value, 'x'))
  assert.match(text, /"at":\{"\$date":"2012-01-31T00:00:00.000Z"\}/)
  assert.deepEqual(parseWithDates(text), value)
  assert.deepEqual(parseWithDates('{"a":[1]}'), { a: [1] })
})

test('datesToJson should copy only what has a date, and stop at cycles', () => {
  const rows = [{ a: 1 }]
  assert.equal(datesToJson(rows, 'x'), rows)
  const value = { rows, day }
  assert.equal((datesToJson(value, 'x') as typeof value).rows, rows)
  assert.equal(value.day, day)
  const cycle: { own?: unknown } = {}
  cycle.own = cycle
  assert.equal(datesToJson(cycle, 'x'), cycle)
})

test('datesToJson should refuse what would read as a date', () => {
  assert.throws(
    () => datesToJson({ a: [{ $date: 'x' }] }, 'x'),
    /^Error: x\.a\[0\]: expected no member \$date/,
  )
})
