import type { Spot } from './piece.ts'

/** Something that the print does not show as it should. */
export interface Fault {
  readonly spot: Spot
  readonly reason: string
}
