import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { judgeShown } from '../../../src/render/check/judge.ts'
import type { Basis, Shown } from '../../../src/render/check/judgement.ts'
import { movedOf, piecesOf } from '../../../src/render/check/moved.ts'
import { percent, seconds } from '../../../src/render/output/format.ts'

const here: Basis = { isSame: true, isTrained: true, isMeasured: false }
const elsewhere: Basis = { ...here, isSame: false }
const common = { file: 'a.md', source: 'a' } as const

/** Makes the value `percent(acc) + ' in ' + seconds(time)`. */
function both(acc: number, time: number): Shown {
  const printed = [
    { raw: acc, text: percent(acc) },
    { raw: time, text: seconds(time) },
  ]
  const text = `${percent(acc)} in ${seconds(time)}`
  return { ...common, kind: 'value', text, read: { 'a.acc': acc, 'a.time': time }, printed }
}

/** Makes the same value without formatters. */
function bare(acc: number, time: number): Shown {
  return { ...both(acc, time), text: `${acc.toFixed(2)} in ${time.toFixed(1)} s`, printed: [] }
}

function claim(acc: number, time: number, isTrue: boolean): Shown {
  return { ...both(acc, time), kind: 'claim', text: String(isTrue), printed: [] }
}

describe('a partly measured value', () => {
  for (const [name, shown] of [
    ['formatters', both],
    ['no formatter', bare],
  ] as const) {
    const moved = movedOf(shown(0.7, 3), [shown(0.7, 7), shown(0.7, 50)])

    it(`should be judged by its other parts, exactly in the same environment, with ${name}`, () => {
      assert.deepEqual([...moved.reads], ['a.time'])
      assert.deepEqual(moved.pieces, new Set([1]))
      assert.deepEqual(judgeShown(shown(0.7, 9), shown(0.7, 3), here, moved), {
        verdict: 'equal',
        rule: 'exact, but for what is measured',
      })
      assert.equal(judgeShown(shown(0.3, 3), shown(0.7, 3), here, moved).verdict, 'differs')
      assert.equal(judgeShown(shown(0.7 + 1e-16, 9), shown(0.7, 3), here, moved).verdict, 'differs')
    })

    it(`should be judged number by number in another environment, with ${name}`, () => {
      assert.equal(judgeShown(shown(0.3, 3), shown(0.7, 3), elsewhere, moved).verdict, 'differs')
      assert.deepEqual(judgeShown(shown(0.7004, 9), shown(0.7, 0.02), elsewhere, moved).verdict, 'agrees')
    })
  }

  it('should differ from a lock with a changed number or word', () => {
    const moved = movedOf(both(0.7, 3), [both(0.7, 7)])
    const accepted = both(0.7, 3)
    const number = { ...accepted, text: accepted.text.replace('70', '90') }
    assert.equal(judgeShown(number, both(0.7, 4), here, moved).verdict, 'differs')
    const word = { ...accepted, text: accepted.text.replace('in', 'after') }
    assert.equal(judgeShown(word, both(0.7, 4), here, moved).verdict, 'differs')
    assert.match(judgeShown(word, both(0.7004, 4), elsewhere, moved).rule, /^the same words/)
  })

  it('should be measured if all of it is; a Spread includes the number of its seeds', () => {
    const of = (mean: number): Shown => ({
      ...common,
      kind: 'value',
      text: `${mean}`,
      read: { 'a.mean': mean, 'a.std': 0, 'a.n': 1, 'a.min': mean, 'a.max': mean },
      printed: [{ raw: { mean, std: 0, n: 1, min: mean, max: mean }, text: `${mean}` }],
    })
    assert.equal(judgeShown(of(1), of(2), here, movedOf(of(2), [of(3)])).verdict, 'measured')
    assert.equal(judgeShown(of(1), of(2), here, movedOf(of(2), [of(2)])).verdict, 'differs')
  })

  it('should not be judged by values that the measurements select', () => {
    const of = (width: number, acc: number, others: Shown['read'] = {}): Shown => ({
      ...common,
      kind: 'value',
      text: percent(acc),
      read: { ...others, [`sizes[${width}].acc`]: acc, [`times[${width}]`]: width },
      printed: [{ raw: acc, text: percent(acc) }],
    })
    const moved = movedOf(of(1, 0.7, { 'a.b': 1 }), [of(2, 0.8, { 'a.b': 1 })])
    assert.equal(moved.isSteered, true)
    assert.equal(judgeShown(of(3, 0.9), of(1, 0.7), here, moved).verdict, 'measured')
    assert.equal(
      judgeShown(of(3, 0.9, { 'a.b': 2 }), of(1, 0.7, { 'a.b': 1 }), here, moved).verdict,
      'differs',
      'both have read this',
    )
  })

  it('should treat every number as measured if the measurements decide how many there are', () => {
    const of = (...list: number[]): Shown => ({
      ...both(0.7, list.length),
      text: list.join(' '),
      printed: [],
    })
    const moved = movedOf(of(1), [of(1, 2)])
    assert.equal(moved.pieces, 'all')
    assert.equal(judgeShown(of(1, 2, 3), of(1), here, moved).verdict, 'equal')
    assert.deepEqual(piecesOf(of(1, 2)).length, 2)
  })
})

describe('a partly measured claim', () => {
  const flips = movedOf(claim(0.7, 3, true), [claim(0.7, 7, false)])
  const holds = movedOf(claim(0.7, 3, true), [claim(0.7, 7, true)])

  it('should hold unless it flips under other measurements', () => {
    for (const basis of [here, elsewhere]) {
      assert.equal(judgeShown(claim(0.7, 9, false), claim(0.7, 3, true), basis, holds).verdict, 'differs')
      assert.notEqual(judgeShown(claim(0.7, 9, false), claim(0.7, 3, true), basis, flips).verdict, 'differs')
    }
  })

  it('should be judged exactly by the other values that it read', () => {
    for (const moved of [holds, flips])
      assert.equal(judgeShown(claim(0.6, 3, true), claim(0.7, 3, true), here, moved).verdict, 'differs')
    assert.equal(judgeShown(claim(0.6, 3, true), claim(0.7, 3, true), elsewhere, holds).verdict, 'agrees')
    assert.equal(judgeShown(claim(0.6, 3, false), claim(0.7, 3, true), elsewhere, flips).verdict, 'measured')
  })

  it('should be measured if it reads nothing else', () => {
    const of = (time: number): Shown => ({ ...claim(0, time, time < 5), read: { 'a.time': time } })
    assert.equal(judgeShown(of(9), of(3), here, movedOf(of(3), [of(4)])).verdict, 'measured')
  })
})
