import type { Spread } from '../../statistics/spread.ts'
import type { Json } from '../model/types.ts'
import type { Interval } from '../output/interval.ts'

/** A number or a Spread, and its text. */
export interface Printed {
  readonly raw: Json
  readonly text: string
}

/** The result of one expression, and every number, string and boolean that it read, by path. */
export type Evaluated =
  | {
      readonly ok: true
      readonly text: string
      readonly isTrue: boolean
      readonly read: Readonly<Record<string, Json>>
      /** Each number or Spread that was printed, with its text, in order. */
      readonly printed: readonly Printed[]
      /** The intervals of the differences that it computed, in order. */
      readonly intervals?: readonly Interval[]
      /** Only for a true claim that reads a Spread that varies. */
      readonly noise?: Noise
      /** Only for a false claim: its first comparison that does not hold. */
      readonly failing?: Failing
      /** The exports that it named while it ran, and `params`; even one of which it read only the length. */
      readonly names?: readonly string[]
    }
  | { readonly ok: false; readonly message: string; readonly read: Readonly<Record<string, Json>> }

/** Both sides of a comparison as written, with their values as JSON. A constant side has no value. */
export interface Failing {
  readonly operator: string
  readonly left: string
  readonly right: string
  readonly leftValue?: string
  readonly rightValue?: string
}

/** How often a true claim held when the means that it reads were drawn again. */
export interface Noise {
  /** The number of redraws in which it held. */
  readonly held: number
  readonly redraws: number
  /** The Spreads that it read, by path; only those that differ between seeds. */
  readonly spreads: Readonly<Record<string, Spread>>
}
