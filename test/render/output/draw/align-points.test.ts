import assert from 'node:assert/strict'
import test from 'node:test'
import { alignPoints, isNumberText } from '../../../../src/render/output/draw/align-points.ts'

/** Room as underscores, so that what is behind the point can be counted. */
const set = (...texts: string[]) =>
  alignPoints(texts).map((stretches) =>
    stretches.map((one) => (typeof one === 'string' ? one : '_'.repeat(one.pad.length))).join(''),
  )

test('alignPoints should leave room for the digits of a longer fraction', () => {
  assert.deepEqual(set('1', '12.5', '−0.25', '1,234.50'), ['1___', '12.5_', '−0.25', '1,234.50'])
})

test('alignPoints should put ± below ±, and units behind their numbers', () => {
  assert.deepEqual(set('96.4 ± 0.4 %', '100.0 ± 12.5 %', '50.0 %'), [
    '96.4 ± _0.4 %',
    '100.0 ± 12.5 %',
    '50.0 %_______',
  ])
  assert.deepEqual(set('1 ± 2', '1.5 ± 2.25'), ['1__ ± 2___', '1.5 ± 2.25'])
})

test('alignPoints should put the numbers of runs below one another, behind units', () => {
  assert.deepEqual(set('0.41 ± 0.02', '0.5 ± 0.1 (n = 2)', '0.25 (n = 1)', '10 ± 1 (n = 12)'), [
    '0.41 ± 0.02_________',
    '0.5_ ± 0.1_ (n = 2)_',
    '0.25_______ (n = 1)_',
    '10___ ± 1___ (n = 12)',
  ])
  assert.deepEqual(set('96.4 ± 0.4 %', '50.0 % (n = 1)'), ['96.4 ± 0.4 %________', '50.0 %______ (n = 1)'])
})

test('alignPoints should put as many characters behind every point', () => {
  const behind = set('0.5 ± 0.25 s', '12.25 ± 110.5 s', '3 s').map(
    (text) => /\d+(.*)$/.exec(text)![1]!.length,
  )
  assert.deepEqual(new Set(behind).size, 1)
})

test('alignPoints should leave words, dashes and numbers of several units alone', () => {
  assert.deepEqual(set('never', '1.5', '–', ''), ['never', '1.5', '–', ''])
  assert.deepEqual(set('1.25 s', '42.0 ms'), ['1.25 s', '42.0 ms'])
  assert.deepEqual(set(), [])
})

test('isNumberText should tell a number with its unit from words', () => {
  for (const text of ['1', '−1.5', '< 1', '96.4 ± 0.4 %', '(1.2 ± 0.1) × 10⁻⁵', '2 min 5 s'])
    assert.ok(isNumberText(text), text)
  for (const text of ['never', '–', '', 'L2 of 0.1']) assert.ok(!isNumberText(text), text)
})

test('alignPoints should know the signs of a language', () => {
  const german = alignPoints(['1', '12,5', '1.234,50'], 'de')
  assert.deepEqual(german, [['1', { pad: ',50' }], ['12,5', { pad: '0' }], ['1.234,50']])
  assert.ok(isNumberText('1.234,50', 'de') && isNumberText('1\u202f234,50\u00a0%', 'fr'))
})
