/** Some images with their labels, one after the other. */
export interface LetterBatch {
  /** `[count, 784]`, 0 = black, 255 = white. */
  readonly images: Uint8Array
  /** `[count]`, 0 to 9. */
  readonly labels: Uint8Array
}

/** Batches of letters, to be read once. */
export type LetterBatches = Iterable<LetterBatch> | AsyncIterable<LetterBatch>

/** What a data.h5 is made from, batch by batch: both are read once, `test` before `train`. */
export interface LetterRows {
  readonly test: LetterBatches
  readonly train: LetterBatches
  /** Of both together, as far as it is known before they are read. */
  readonly rows: number
}

/** Columns before the label. */
export const pixelsOfLetter = 28 * 28
/** A to J. */
export const classesOfLetters = 10
