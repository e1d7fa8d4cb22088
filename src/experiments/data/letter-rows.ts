/** Some images with their labels, in order. */
export interface LetterBatch {
  /** `[count, 784]`, 0 = black, 255 = white. */
  readonly images: Uint8Array
  /** `[count]`, 0 to 9. */
  readonly labels: Uint8Array
}

/** Batches of letters that can be read once. */
export type LetterBatches = Iterable<LetterBatch> | AsyncIterable<LetterBatch>

/** The rows of a data.h5, batch by batch: each set can be read once, and `test` must be read before `train`. */
export interface LetterRows {
  readonly test: LetterBatches
  readonly train: LetterBatches
  /** Number of rows of both sets together, as far as it is known before they are read. */
  readonly rows: number
}

/** Number of columns before the label. */
export const pixelsOfLetter = 28 * 28
/** Number of letters, A to J. */
export const classesOfLetters = 10
