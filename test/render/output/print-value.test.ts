import assert from 'node:assert/strict'
import test from 'node:test'
import { printValue } from '../../../src/render/output/print-value.ts'

const plain = (value: unknown) => printValue(value, 'x').replaceAll('\u00a0', ' ')
const spread = (mean: number, std: number, n = 5) => ({ mean, std, n, min: mean - std, max: mean + std })

test('printValue should print words as they are', () => {
  assert.equal(plain('Adam'), 'Adam')
  assert.equal(plain(true), 'yes')
  assert.equal(plain(false), 'no')
  assert.equal(plain(null), '–')
})

test('printValue should print dates in UTC, with their time unless it is midnight', () => {
  const cases: [string, string][] = [
    ['2012-01-31', '2012-01-31'],
    ['2012-01-31T12:30Z', '2012-01-31 12:30'],
    ['2012-01-31T00:00:30Z', '2012-01-31 00:00:30'],
    ['2012-01-31T12:00:00.25Z', '2012-01-31 12:00:00.25'],
    ['2012-01-31T23:00-02:00', '2012-02-01 01:00'],
  ]
  for (const [date, text] of cases) assert.equal(plain(new Date(date)), text)
  assert.throws(() => plain(new Date('no day')), /^Error: x: expected a string, .*, found an invalid Date$/)
})

test('printValue should print numbers, dates and truth in the language of the place', () => {
  const inGerman = (value: unknown) => {
    Object.assign(globalThis, { __weft: { lang: 'de' } })
    try {
      return plain(value)
    } finally {
      Reflect.deleteProperty(globalThis, '__weft')
    }
  }
  assert.equal(inGerman(1_234_567.8), '1.234.568')
  assert.equal(inGerman(0.125), '0,125')
  assert.equal(inGerman(1.5e-7), '1,5 × 10⁻⁷')
  assert.equal(inGerman(spread(1234.5, 0.25)), '1.234,50 ± 0,25')
  assert.equal(inGerman(new Date('2012-01-31')), '31.01.2012')
  assert.equal(inGerman(new Date('2012-01-31T12:30Z')), '31.01.2012 12:30')
  assert.equal(inGerman(true), 'ja')
  assert.equal(plain(0.125), '0.125')
})

test('printValue should print up to four significant digits', () => {
  const cases: [number, string][] = [
    [0, '0'],
    [-0, '0'],
    [7, '7'],
    [12_000, '12,000'],
    [0.5, '0.5'],
    [0.123456, '0.1235'],
    [3.24159, '3.242'],
    [96.349, '96.35'],
    [1234.567, '1,235'],
    [1_234_567.8, '1,234,568'],
    [-2.5, '\u22122.5'],
    [0.0001, '0.0001'],
    [0.00012345, '0.0001235'],
    [1e-5, '1 × 10⁻⁵'],
    [1.23456e-7, '1.235 × 10⁻⁷'],
    [-6.02e23, '\u22126.02 × 10²³'],
    [9.99996e-7, '1 × 10⁻⁶'],
    [-9.99996e20, '\u22121 × 10²¹'],
    [1e21, '1 × 10²¹'],
    [1.7976931348623157e308, '1.798 × 10³⁰⁸'],
    [5e-324, '5 × 10⁻³²⁴'],
  ]
  for (const [x, text] of cases) assert.equal(plain(x), text)
})

test('printValue should print a Spread with two significant digits of its deviation', () => {
  assert.equal(plain(spread(0.96342, 0.00412)), '0.9634 ± 0.0041')
  assert.equal(plain(spread(12_345.6, 123.4)), '12,346 ± 123')
  assert.equal(plain(spread(2.5, 0)), '2.5')
  assert.equal(plain(spread(1.2e-7, 3e-8)), '(1.20 ± 0.30) × 10⁻⁷')
  assert.equal(plain(spread(0.25, 0, 1)), '0.25')
})

test('printValue should refuse the rest, by its path', () => {
  assert.throws(() => printValue(Number.NaN, 'row 1'), {
    message: 'row 1: expected a string, number, boolean, null or Spread, found NaN',
  })
  assert.throws(() => printValue({ a: 1 }, 'row 1'), /row 1: expected .*, found an object \{a\}/)
})
