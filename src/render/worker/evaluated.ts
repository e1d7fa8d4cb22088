import type { Spread } from '../model/spread.ts'
import type { Json } from '../model/types.ts'
import type { Interval } from '../output/interval.ts'

/** A number or a Spread, and its text. */
export interface Printed {
  readonly raw: Json
  readonly text: string
}

/** What one expression came to, and every number, text and truth value that it read, by path. */
export type Evaluated =
  | {
      readonly ok: true
      readonly text: string
      readonly isTrue: boolean
      readonly read: Readonly<Record<string, Json>>
      /** Each number or Spread that was printed, in order, beside its text. */
      readonly printed: readonly Printed[]
      /** Those of the differences that it is about, in order. */
      readonly intervals?: readonly Interval[]
      /** Of a true claim that reads a Spread which varies. */
      readonly noise?: Noise
      /** Of a false claim: its first comparison that does not hold. */
      readonly failing?: Failing
      /** Exports that it named as it ran, `params` among them: also those of which it read no more than a length. */
      readonly names?: readonly string[]
    }
  | { readonly ok: false; readonly message: string; readonly read: Readonly<Record<string, Json>> }

/** Both sides of a comparison as they are written, with their values as JSON; no value where a side is constant. */
export interface Failing {
  readonly operator: string
  readonly left: string
  readonly right: string
  readonly leftValue?: string
  readonly rightValue?: string
}

/** How often a true claim held when the means that it reads were drawn again. */
export interface Noise {
  /** In how many redraws it held. */
  readonly held: number
  readonly redraws: number
  /** The Spreads that it read, by path; only such as differ between seeds. */
  readonly spreads: Readonly<Record<string, Spread>>
}
