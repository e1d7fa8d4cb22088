import assert from 'node:assert/strict'
import test from 'node:test'
import { count, fixed, percent, seconds } from '../../../src/render/output/index.ts'

const spread = (mean: number, std: number, n = 5) => ({ mean, std, n, min: mean - std, max: mean + std })
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test('percent should print a share', () => {
  assert.equal(percent(0.9634), '96.3\u00a0%')
  assert.equal(percent(1), '100.0\u00a0%')
  assert.equal(percent(0.5, 0), '50\u00a0%')
  assert.equal(percent(-0.125, 1), '\u221212.5\u00a0%')
})

test('percent should print the mean and the deviation of a Spread with the same decimals', () => {
  assert.equal(plain(percent(spread(0.9634, 0.00412))), '96.3 ± 0.4 %')
  assert.equal(plain(percent(spread(0.9634, 0.00412), 2)), '96.34 ± 0.41 %')
})

test('percent should print the mean alone where there is one seed', () => {
  assert.equal(percent(spread(0.9634, 0, 1)), '96.3\u00a0%')
})

test('percent should not print a negative zero', () => {
  assert.equal(percent(-0.00001), '0.0\u00a0%')
  assert.equal(percent(-0), '0.0\u00a0%')
})

test('percent should round the decimal that a reader of the result sees', () => {
  // Multiplied by 100 in binary each of these falls below its half.
  assert.equal(percent(0.9635), '96.4\u00a0%')
  assert.equal(percent(0.285, 0), '29\u00a0%')
  assert.equal(percent(0.145, 0), '15\u00a0%')
  assert.equal(fixed(1.005), '1.01')
  assert.equal(fixed(-1.005), '\u22121.01')
})

test('percent should agree with whole-number arithmetic on every ten-thousandth', () => {
  for (let part = 0; part <= 10_000; part++) {
    const tenths = Math.floor((part + 5) / 10)
    assert.equal(percent(part / 10_000), `${Math.floor(tenths / 10)}.${tenths % 10}\u00a0%`)
  }
})

test('fixed should print decimals', () => {
  assert.equal(fixed(Math.PI), '3.14')
  assert.equal(fixed(1e-7), '0.00')
  assert.equal(fixed(1e-7, 8), '0.00000010')
  assert.equal(plain(fixed(spread(0.123, 0.0456))), '0.12 ± 0.05')
})

test('count should set thousands apart', () => {
  assert.equal(count(0), '0')
  assert.equal(count(999), '999')
  assert.equal(count(12_000), '12,000')
  assert.equal(count(-1_234_567), '\u22121,234,567')
  assert.equal(count(999.6), '1,000')
  assert.equal(plain(count(spread(12_345.6, 1_200.4))), '12,346 ± 1,200')
})

test('seconds should choose the unit', () => {
  const cases: [number, string][] = [
    [0, '0.0 s'],
    [0.000_012, '12.0 µs'],
    [0.0042, '4.2 ms'],
    [0.05, '50.0 ms'],
    [0.1, '0.1 s'],
    [3.14, '3.1 s'],
    [119.9, '119.9 s'],
    [120, '2 min'],
    [125, '2 min 5 s'],
    [179.6, '3 min'],
    [7199, '119 min 59 s'],
    [7200, '2 h'],
    [11_520, '3 h 12 min'],
  ]
  for (const [x, text] of cases) assert.equal(plain(seconds(x)), text)
})

test('seconds should print a Spread in the unit of its mean', () => {
  assert.equal(plain(seconds(spread(3.14, 0.22))), '3.1 ± 0.2 s')
  assert.equal(plain(seconds(spread(0.0031, 0.0002))), '3.1 ± 0.2 ms')
  assert.equal(plain(seconds(spread(150, 30))), '2.5 ± 0.5 min')
})

test('formatters should refuse what is no number', () => {
  const formatters = { percent, fixed, count, seconds }
  const wrong: [unknown, string][] = [
    [undefined, 'undefined'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    ['1', '"1"'],
    [null, 'null'],
    [{ mean: 1 }, 'an object {mean}'],
    [[1], 'an array of 1'],
    [spread(Number.NaN, 0), 'an object {mean, std, n, min, max}'],
  ]
  for (const [name, format] of Object.entries(formatters)) {
    for (const [value, found] of wrong) {
      const message = `${name} expected a number or a Spread, found ${found}`
      assert.throws(() => format(value as number), { message })
    }
  }
})

test('formatters should refuse digits that are none', () => {
  assert.throws(() => percent(0.5, -1), { message: 'percent expected digits from 0 to 20, found -1' })
  assert.throws(() => fixed(0.5, Number.NaN), { message: 'fixed expected digits from 0 to 20, found NaN' })
})

test('formatters should print what is the same for every seed without a deviation', () => {
  assert.equal(count(spread(12_000, 0)), '12,000')
  assert.equal(plain(percent(spread(0.5, 0))), '50.0 %')
})

test('formatters should print enormous numbers with a power of ten, as tables do', () => {
  const cases: [string, string][] = [
    [count(999_999_999_999_999), '999,999,999,999,999'],
    [count(1e20), '100,000,000,000,000,000,000'],
    [count(1e21), '1 × 10²¹'],
    [count(-1e21), '\u22121 × 10²¹'],
    [count(9.9e20), '990,000,000,000,000,000,000'],
    [count(9.6e21), '1 × 10²²'],
    [fixed(1e21, 2), '1.00 × 10²¹'],
    [fixed(1.23456e30, 3), '1.235 × 10³⁰'],
    [fixed(-9.996e21, 2), '\u22121.00 × 10²²'],
    [fixed(Number.MAX_VALUE, 1), '1.8 × 10³⁰⁸'],
    [fixed(1e20, 2), '100000000000000000000.00'],
    [percent(1e19), '1.0 × 10²¹ %'],
    [percent(2.5e25, 0), '3 × 10²⁷ %'],
    [seconds(3.6e24), '1 × 10²¹ h'],
    [seconds(7.2e24), '2 × 10²¹ h'],
    [seconds(3600), '60 min'],
    [fixed(spread(2e21, 1e20), 1), '2.0 × 10²¹ ± 100000000000000000000.0'],
    [count(spread(2e22, 1e21)), '2 × 10²² ± 1 × 10²¹'],
    [fixed(1e-20, 20), '0.00000000000000000001'],
    [fixed(5e-324, 1), '0.0'],
  ]
  for (const [text, expected] of cases) assert.equal(plain(text), expected)
})
