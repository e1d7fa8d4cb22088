import assert from 'node:assert/strict'
import test from 'node:test'
import { formatterFor } from '../../../src/render/model/formatter.ts'

const english = '1,234,567.25 and 1234.50, 0.5 ± 0.25, −1.5 × 10⁻⁷, 12 %'
const day = new Date('2012-01-31')

test('formatterFor should leave English as it is', () => {
  const { numbers, english: back, day: short, longDay, truth } = formatterFor('en')
  assert.equal(numbers(english), english)
  assert.equal(back(english), english)
  assert.deepEqual([short(day), longDay(day), ...truth], ['2012-01-31', '31 January 2012', 'yes', 'no'])
  assert.equal(formatterFor('en-GB').numbers(english), english)
  assert.equal(formatterFor('en-GB').day(day), '31/01/2012')
})

test('formatterFor should write decimals, groups and days as languages do', () => {
  const cases: [string, string, string, string][] = [
    ['de', '1.234.567,25 and 1234,50, 0,5 ± 0,25, −1,5 × 10⁻⁷, 12 %', '31.01.2012', '31. Januar 2012'],
    [
      'fr',
      '1\u202f234\u202f567,25 and 1234,50, 0,5 ± 0,25, −1,5 × 10⁻⁷, 12 %',
      '31/01/2012',
      '31 janvier 2012',
    ],
    [
      'pl',
      '1\u00a0234\u00a0567,25 and 1234,50, 0,5 ± 0,25, −1,5 × 10⁻⁷, 12 %',
      '31.01.2012',
      '31 stycznia 2012',
    ],
    ['ja', english, '2012/01/31', '2012年1月31日'],
    ['hi', '12,34,567.25 and 1234.50, 0.5 ± 0.25, −1.5 × 10⁻⁷, 12 %', '31/01/2012', '31 जनवरी 2012'],
    ['ar', english, '31/01/2012', '31 يناير 2012'],
  ]
  for (const [lang, written, short, long] of cases) {
    const formatter = formatterFor(lang)
    assert.equal(formatter.numbers(english), written, lang)
    assert.deepEqual([formatter.day(day), formatter.longDay(day)], [short, long], lang)
  }
})

test('formatterFor should read back what it wrote', () => {
  for (const lang of ['de', 'de-CH', 'de-AT', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'ja', 'zh', 'ar', 'sv']) {
    const { numbers, english: back } = formatterFor(lang)
    for (const text of ['12,345.5', '0.25 ± 0.1', '1.5 × 10⁻⁷', '12,345,678', '3.1 s'])
      assert.equal(back(numbers(text)), text, lang)
  }
})

test('formatterFor should group short numbers as a language does', () => {
  assert.equal(formatterFor('es').numbers('1,234'), '1234')
  assert.equal(formatterFor('es').numbers('12,345'), '12.345')
})

test('formatterFor should write English for a language that nobody knows', () => {
  for (const lang of ['xx', 'not a tag']) assert.equal(formatterFor(lang).numbers('1,234.5'), '1,234.5')
})
