import type { Spread } from '../charts/spread.ts'
import { isSpread } from '../charts/spread.ts'
import { canonicalJson } from '../digest.ts'
import type { LockedProfile } from '../lock.ts'
import type { Json, Tolerance } from '../types.ts'
import { numberOf, numbersIn, printedUnit, wordsAround } from './printed-unit.ts'

/** A value or a claim as the lock holds it, or as it came out again. */
export type Shown = LockedProfile['shown'][number]
/** A number of a table, or one that is shown plainly. */
export type ShownCell = LockedProfile['tables'][string][string]

/** What is known of a number besides its two values. */
export interface Ground {
  /** Engine, versions and kind of CPU are those of the lock. */
  readonly isSame: boolean
  /** It rests on a job that used its engine. */
  readonly isTrained: boolean
  /** It rests on times or other measurements. */
  readonly isMeasured: boolean
  /** The rule written at it. */
  readonly tolerance?: Tolerance
}

/** Whether a number came out again, and the rule that says so. */
export interface Judgement {
  readonly verdict: 'equal' | 'agrees' | 'differs' | 'measured'
  /** For people: `exact`, `2 standard errors, 0.0041 of 0.011`, `half a unit of the last digit, 0.0002 of 0.0005`. */
  readonly rule: string
}

const measured: Judgement = { verdict: 'measured', rule: 'measured, not judged' }

/**
 * Judges a value or a claim. Where all is as it was, or nothing is trained, everything that it read must be equal.
 * Else a claim must be as true as it was, and each number that a value printed is judged by itself: a Spread within 2
 * standard errors of the difference, a single number within the larger of half a unit of its last printed digit and
 * the rule written at it.
 */
export function judgeShown(accepted: Shown, recomputed: Shown, ground: Ground): Judgement {
  if (ground.isMeasured) return measured
  if (accepted.text === recomputed.text && areEqual(accepted.read, recomputed.read)) return equal(ground)
  if (!isTolerant(ground)) return { verdict: 'differs', rule: 'exact' }
  if (accepted.kind === 'claim') return verdictOf(accepted.text === recomputed.text, 'the claim holds')
  if (wordsAround(accepted.text) !== wordsAround(recomputed.text))
    return { verdict: 'differs', rule: 'the same words' }
  const count = accepted.printed.length
  if (count !== recomputed.printed.length) return { verdict: 'differs', rule: 'as many numbers' }
  if (count === 0) return judgeTexts(accepted.text, recomputed.text, ground)
  return worst(accepted.printed.map((one, index) => judgeNumber(one, recomputed.printed[index]!, ground)))
}

/** Judges a number of a table, or one that is shown plainly, as {@link judgeShown} judges what a value printed. */
export function judgeCell(accepted: ShownCell, recomputed: ShownCell, ground: Ground): Judgement {
  if (ground.isMeasured) return measured
  if (accepted.text === recomputed.text && areEqual(accepted.raw, recomputed.raw)) return equal(ground)
  if (!isTolerant(ground)) return { verdict: 'differs', rule: 'exact' }
  return judgeNumber(accepted, recomputed, ground)
}

function isTolerant({ isSame, isTrained }: Ground): boolean {
  return isTrained && !isSame
}

function equal(ground: Ground): Judgement {
  return { verdict: 'equal', rule: isTolerant(ground) ? 'equal' : 'exact' }
}

function areEqual(a: unknown, b: unknown): boolean {
  return canonicalJson(a as Json) === canonicalJson(b as Json)
}

function verdictOf(agrees: boolean, rule: string): Judgement {
  return { verdict: agrees ? 'agrees' : 'differs', rule }
}

function worst(all: readonly Judgement[]): Judgement {
  return (
    all.find(({ verdict }) => verdict === 'differs') ??
    all.find(({ verdict }) => verdict === 'agrees') ??
    all[0]!
  )
}

function judgeNumber(accepted: ShownCell, recomputed: ShownCell, ground: Ground): Judgement {
  const [before, after] = [accepted.raw as Json, recomputed.raw as Json]
  if (isSpread(before) && isSpread(after)) return judgeSpread(before, after, accepted.text, ground)
  if (typeof before === 'number' && typeof after === 'number')
    return judgeSingle(before, after, printedUnit(before, accepted.text), ground)
  return { verdict: areEqual(before, after) ? 'equal' : 'differs', rule: 'exact' }
}

function judgeSpread(before: Spread, after: Spread, text: string, ground: Ground): Judgement {
  if (before.n !== after.n) return { verdict: 'differs', rule: `${before.n} seeds, not ${after.n}` }
  const error = Math.sqrt(before.std ** 2 / before.n + after.std ** 2 / after.n)
  // One seed, or one value of all: there is no spread to judge by.
  if (error === 0) return judgeSingle(before.mean, after.mean, printedUnit(before.mean, text), ground)
  const distance = Math.abs(before.mean - after.mean)
  return verdictOf(distance <= 2 * error, `2 standard errors, ${short(distance)} of ${short(2 * error)}`)
}

function judgeSingle(before: number, after: number, unit: number, { tolerance = {} }: Ground): Judgement {
  const distance = Math.abs(before - after)
  const half = unit / 2
  const bounds = { rel: (tolerance.rel ?? 0) * Math.abs(before), abs: tolerance.abs ?? 0 }
  const bound = Math.max(half, bounds.rel, bounds.abs)
  const name = bound === half ? 'half a unit of the last digit' : ruleText(tolerance)
  // Half a unit is no binary number: what lies on the bound is within it.
  return verdictOf(distance <= bound * (1 + 1e-9), `${name}, ${short(distance)} of ${short(bound)}`)
}

// Numbers that were put into a text without a formatter.
function judgeTexts(before: string, after: string, ground: Ground): Judgement {
  const pairs = numbersIn(before).map((token, index) => [token, numbersIn(after)[index]!] as const)
  if (pairs.length === 0) return { verdict: before === after ? 'agrees' : 'differs', rule: 'the same text' }
  return worst(
    pairs.map(([one, other]) =>
      judgeSingle(numberOf(one), numberOf(other), printedUnit(numberOf(one), one), ground),
    ),
  )
}

function ruleText({ rel, abs }: Tolerance): string {
  return [rel === undefined ? '' : `rel=${rel}`, abs === undefined ? '' : `abs=${abs}`]
    .filter(Boolean)
    .join(' ')
}

function short(x: number): string {
  return String(Number(x.toPrecision(3)))
}
