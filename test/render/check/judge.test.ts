import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { judgeCell, judgeShown } from '../../../src/render/check/judge.ts'
import { printedUnit, wordsAround } from '../../../src/render/check/judge-printed.ts'
import type { Basis, Shown } from '../../../src/render/check/judgement.ts'
import { count, fixed, percent, seconds } from '../../../src/render/output/format.ts'
import { percentPoints } from '../../../src/render/output/percent-points.ts'
import { printValue } from '../../../src/render/output/print-value.ts'

const elsewhere: Basis = { isSame: false, isTrained: true, isMeasured: false }
const here: Basis = { ...elsewhere, isSame: true }
const untrained: Basis = { ...elsewhere, isTrained: false }

function spread(mean: number, std: number, n = 5) {
  return { mean, std, n, min: mean - std, max: mean + std }
}

type Raw = number | ReturnType<typeof spread>

function value(raw: Raw, print: (raw: never) => string = percent as never): Shown {
  const text = print(raw as never)
  const read: Shown['read'] =
    typeof raw === 'number' ? { 'a.b': raw } : { 'a.mean': raw.mean, 'a.std': raw.std }
  return { file: 'a.md', kind: 'value', source: 'a', text, read, printed: [{ raw: raw as never, text }] }
}

describe('the unit of the last printed digit', () => {
  it('should be found for every formatter, in the unit of the number', () => {
    const cases: [number, string, number][] = [
      [0.9652, percent(0.9652), 1e-3],
      [0.9652, percent(0.9652, 2), 1e-4],
      [-0.0312, percent(-0.0312), 1e-3],
      [12_000, count(12_000), 1],
      [2.34567, fixed(2.34567), 1e-2],
      [0.0421, seconds(0.0421), 1e-4],
      [3.14, seconds(3.14), 0.1],
      [0.000012344, printValue(0.000012344, 'x'), 1e-8],
      [0, percent(0), 1e-3],
      [0, fixed(0, 3), 1e-3],
      [0.00004, percent(0.00004), 1e-3],
      [65, seconds(150), 1],
      [7500, seconds(7500), 60],
      [0, percentPoints(0), 1e-3],
      [0.04, percentPoints(0.04), 1e-3],
    ]
    for (const [raw, text, unit] of cases)
      assert.ok(
        Math.abs(printedUnit(raw, text) / unit - 1) < 1e-9,
        `${raw} as ${text}: ${printedUnit(raw, text)}`,
      )
  })

  it('should keep the words around numbers', () => {
    assert.equal(wordsAround('96.5\u00a0±\u00a00.5\u00a0% of 2,000'), '#\u00a0±\u00a0#\u00a0% of #')
    assert.notEqual(wordsAround('1.2\u00a0×\u00a010⁻⁵'), wordsAround('1.2\u00a0×\u00a010⁶'))
  })
})

describe('judging a number', () => {
  it('should require exact equality in the same environment', () => {
    assert.deepEqual(judgeShown(value(0.9), value(0.9), here), { verdict: 'equal', rule: 'exact' })
    assert.equal(judgeShown(value(0.9), value(0.9 + 1e-16), here).verdict, 'differs')
  })

  it('should require equality on any machine if nothing is trained', () => {
    assert.equal(judgeShown(value(0.9), value(0.9 + 1e-16), untrained).verdict, 'differs')
    assert.equal(judgeCell({ raw: 3, text: '3' }, { raw: 4, text: '4' }, untrained).verdict, 'differs')
  })

  it('should not judge measured numbers', () => {
    assert.equal(judgeShown(value(0.9), value(0.2), { ...here, isMeasured: true }).verdict, 'measured')
    assert.equal(
      judgeCell({ raw: 3, text: '3' }, { raw: 4, text: '4' }, { ...here, isMeasured: true }).verdict,
      'measured',
    )
  })

  it('should judge a single trained number by half a unit of its last printed digit', () => {
    assert.equal(judgeShown(value(0.9652), value(0.96569), elsewhere).verdict, 'agrees')
    assert.equal(judgeShown(value(0.9652), value(0.9657), elsewhere).verdict, 'agrees')
    assert.equal(judgeShown(value(0.9652), value(0.96571), elsewhere).verdict, 'differs')
    assert.match(
      judgeShown(value(0.9652), value(0.96569), elsewhere).rule,
      /^half a unit of the last digit, 0.00049 of 0.0005$/,
    )
  })

  it('should use the tolerance written at it only if that is larger', () => {
    const rel: Basis = { ...elsewhere, tolerance: { rel: 1e-2 } }
    assert.equal(judgeShown(value(0.9652), value(0.956), rel).verdict, 'agrees')
    assert.equal(judgeShown(value(0.9652), value(0.955), rel).verdict, 'differs')
    assert.match(judgeShown(value(0.9652), value(0.956), rel).rule, /^rel=0.01, 0.0092 of 0.00965$/)
    const abs: Basis = { ...elsewhere, tolerance: { abs: 0.002 } }
    assert.equal(judgeShown(value(0.9652), value(0.9671), abs).verdict, 'agrees')
    assert.equal(judgeShown(value(0.9652), value(0.9673), abs).verdict, 'differs')
    const tiny: Basis = { ...elsewhere, tolerance: { abs: 1e-9 } }
    assert.equal(judgeShown(value(0.9652), value(0.9656), tiny).verdict, 'agrees')
  })

  it('should judge a Spread within 2 standard errors of the difference', () => {
    // sqrt(0.01^2 / 5 + 0.01^2 / 5) = 0.006325, twice 0.012649.
    const before = value(spread(0.9, 0.01))
    assert.equal(judgeShown(before, value(spread(0.9126, 0.01)), elsewhere).verdict, 'agrees')
    assert.equal(judgeShown(before, value(spread(0.9127, 0.01)), elsewhere).verdict, 'differs')
    assert.equal(judgeShown(before, value(spread(0.9126, 0.01, 4)), elsewhere).verdict, 'differs')
    assert.match(
      judgeShown(before, value(spread(0.905, 0.01)), elsewhere).rule,
      /^2 standard errors, 0.005 of 0.0126$/,
    )
  })

  it('should judge a Spread that does not vary as a single number', () => {
    const before = value(spread(0.9, 0))
    assert.equal(judgeShown(before, value(spread(0.9004, 0)), elsewhere).verdict, 'agrees')
    assert.equal(judgeShown(before, value(spread(0.91, 0)), elsewhere).verdict, 'differs')
  })

  it('should require the same words around the numbers, and as many numbers', () => {
    const named = (text: string): Shown => ({ ...value(1), text, read: { 'best.name': text }, printed: [] })
    assert.equal(judgeShown(named('400-200'), named('400-200'), elsewhere).verdict, 'equal')
    assert.equal(judgeShown(named('Dress'), named('Bag'), elsewhere).verdict, 'differs')
    assert.equal(judgeShown(named('400-200'), named('400-300'), elsewhere).verdict, 'differs')
    assert.equal(judgeShown(named('12 of 20'), named('12 of 20 or 21'), elsewhere).verdict, 'differs')
  })

  it('should let pass words that stay although what they were chosen by differs', () => {
    const best = (accuracy: number): Shown => ({ ...value(1), text: 'Adam', read: { accuracy }, printed: [] })
    assert.deepEqual(judgeShown(best(0.9), best(0.91), elsewhere), {
      verdict: 'agrees',
      rule: 'the same words',
    })
    assert.equal(judgeShown(best(0.9), best(0.91), here).verdict, 'differs')
  })

  it('should judge digits that no formatter printed, and powers of ten', () => {
    const mixed = (share: number, epoch: number): Shown => ({
      ...value(share),
      text: `${percent(share)} at epoch ${epoch}`,
      read: { share, epoch },
    })
    assert.equal(judgeShown(mixed(0.9, 12), mixed(0.9003, 12), elsewhere).verdict, 'agrees')
    assert.equal(judgeShown(mixed(0.9, 12), mixed(0.9, 90), elsewhere).verdict, 'differs')
    const power = (text: string): Shown => ({ ...value(1), text, read: { text }, printed: [] })
    assert.equal(judgeShown(power('10⁻³'), power('10⁻⁹'), elsewhere).verdict, 'differs')
  })

  it('should not require more precision of a Spread than its digits show', () => {
    const before = value(spread(0.9, 0.00001))
    assert.equal(judgeShown(before, value(spread(0.9003, 0.00001)), elsewhere).verdict, 'agrees')
    assert.equal(judgeShown(before, value(spread(0.9006, 0.00001)), elsewhere).verdict, 'differs')
  })

  it('should judge a difference by its interval', () => {
    const points = (mean: number, low: number, high: number): Shown => {
      const printed = [
        { raw: mean, text: percentPoints(mean) },
        ...[low, high].map((raw) => ({ raw, text: fixed(100 * raw, 1) })),
      ]
      return { ...value(mean), text: percentPoints({ mean, low, high }), read: { mean, low, high }, printed }
    }
    const before = points(0.02, 0.01, 0.03)
    assert.equal(judgeShown(before, points(0.034, 0.024, 0.044), elsewhere).verdict, 'agrees')
    assert.equal(judgeShown(before, points(0.035, 0.025, 0.045), elsewhere).verdict, 'differs')
  })

  it('should judge a claim by its truth', () => {
    const claim = (text: string, mean: number): Shown => ({
      ...value(mean),
      kind: 'claim',
      text,
      printed: [],
    })
    assert.equal(judgeShown(claim('true', 0.9), claim('true', 0.8), elsewhere).verdict, 'agrees')
    assert.equal(judgeShown(claim('true', 0.9), claim('false', 0.8), elsewhere).verdict, 'differs')
    assert.equal(judgeShown(claim('true', 0.9), claim('true', 0.8), here).verdict, 'differs')
  })

  it('should judge cells of tables like values, and their texts exactly', () => {
    assert.equal(
      judgeCell({ raw: 0.912, text: '91.2 %' }, { raw: 0.9123, text: '91.2 %' }, elsewhere).verdict,
      'agrees',
    )
    assert.equal(
      judgeCell({ raw: 0.912, text: '91.2 %' }, { raw: 0.914, text: '91.4 %' }, elsewhere).verdict,
      'differs',
    )
    assert.equal(judgeCell({ raw: 'a', text: 'a' }, { raw: 'b', text: 'b' }, elsewhere).verdict, 'differs')
    assert.equal(judgeCell({ raw: null, text: '–' }, { raw: 1, text: '1' }, elsewhere).verdict, 'differs')
  })
})

describe('a number in another language', () => {
  const german: Basis = { ...elsewhere, lang: 'de' }
  const shown = (raw: number, text: string): Shown => ({ ...value(raw), text, printed: [{ raw, text }] })

  it('should be judged by its last printed digit', () => {
    assert.equal(judgeShown(shown(1234.56, '1.234,6'), shown(1234.59, '1.234,6'), german).verdict, 'agrees')
    assert.equal(judgeShown(shown(1234.56, '1.234,6'), shown(1234.7, '1.234,7'), german).verdict, 'differs')
    const cell = (raw: number, text: string) => ({ raw, text })
    assert.equal(judgeCell(cell(1234.56, '1.234,6'), cell(1234.59, '1.234,6'), german).verdict, 'agrees')
    assert.equal(judgeCell(cell(1234.56, '1.234,6'), cell(1234.7, '1.234,7'), german).verdict, 'differs')
    assert.equal(judgeCell(cell(1234, '1.234'), cell(1234.3, '1.234'), german).verdict, 'agrees')
  })
})
