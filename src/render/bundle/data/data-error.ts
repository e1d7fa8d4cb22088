/** A place in a data file, both from 1. */
export interface Point {
  readonly line: number
  readonly column: number
}

/** What is wrong with a data file, and where. */
export class DataError extends Error {
  readonly place: Point | undefined

  constructor(message: string, place?: Point, cause?: unknown) {
    super(message, { cause })
    this.place = place
  }
}
