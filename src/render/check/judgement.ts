import type { LockedProfile } from '../model/lock.ts'
import type { Tolerance } from '../model/types.ts'

/** A value or a claim as the lock holds it, or as it came out again. */
export type Shown = LockedProfile['shown'][number]
/** A number of a table, or one that is shown plainly. */
export type ShownCell = LockedProfile['tables'][string][string]

/** What is known of a number besides its two values. */
export interface Basis {
  /** Engine, versions and kind of CPU are those of the lock. */
  readonly isSame: boolean
  /** It rests on a job that used its engine. */
  readonly isTrained: boolean
  /** All of it rests on times or other measurements. */
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
