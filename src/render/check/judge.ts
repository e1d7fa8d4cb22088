import { canonicalJson } from '../digest.ts'
import type { LockedProfile } from '../lock.ts'
import type { Json, Tolerance } from '../types.ts'
import { judgeNumber, judgePrinted, verdictOf } from './judge-printed.ts'

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
  return judgePrinted(accepted, recomputed, ground)
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
