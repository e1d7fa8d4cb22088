import type { LockedProfile } from '../model/lock.ts'
import type { Tolerance } from '../model/types.ts'

/** A value or a claim, as in the lock or recomputed. */
export type Shown = LockedProfile['shown'][number]
/** A number of a table or of a plain output. */
export type ShownCell = LockedProfile['tables'][string][string]

/** What decides how a number is judged, besides its two values. */
export interface Basis {
  /** Whether engine, versions and kind of CPU are those of the lock. */
  readonly isSame: boolean
  /** Whether it depends on a job that used its engine. */
  readonly isTrained: boolean
  /** Whether all of it depends on times or other measurements. */
  readonly isMeasured: boolean
  /** The tolerance written at it. */
  readonly tolerance?: Tolerance
  /** The language in which it is printed; English by default. */
  readonly lang?: string
}

/** Whether a number was reproduced, and the rule that decided so. */
export interface Judgement {
  readonly verdict: 'equal' | 'agrees' | 'differs' | 'measured'
  /** For people: `exact`, `2 standard errors, 0.0041 of 0.011`, `half a unit of the last digit, 0.0002 of 0.0005`. */
  readonly rule: string
}
