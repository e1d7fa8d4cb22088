import type { LockedProfile } from '../lock.ts'
import type { Tolerance } from '../types.ts'

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
  /** For people: `exact`, `2 standard errors: 0.004 of 0.011`, `half a unit of the last digit`... */
  readonly rule: string
}

/** Judges a value or a claim: everything that it read, and what it printed. */
export function judgeShown(accepted: Shown, recomputed: Shown, ground: Ground): Judgement {
  if (ground.isMeasured) return { verdict: 'measured', rule: 'measured, not judged' }
  const isEqual =
    JSON.stringify([accepted.read, accepted.text]) === JSON.stringify([recomputed.read, recomputed.text])
  return { verdict: isEqual ? 'equal' : 'differs', rule: 'exact' }
}

/** Judges a number of a table, or one that is shown plainly. */
export function judgeCell(accepted: ShownCell, recomputed: ShownCell, ground: Ground): Judgement {
  if (ground.isMeasured) return { verdict: 'measured', rule: 'measured, not judged' }
  return {
    verdict: JSON.stringify(accepted) === JSON.stringify(recomputed) ? 'equal' : 'differs',
    rule: 'exact',
  }
}
