import type { LabelledImages, LoadOptions } from './dataset.ts'

/** The letters of the labels 0 to 9, in every set of letters. */
export const letterClasses = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'] as const

export type LetterSplit = 'train' | 'validation' | 'test'

/** What cleaning removed from a set of letters. */
export interface Cleaning {
  /** Images as published, or as in the file. */
  readonly found: number
  /** Images without ink or without background, which show no letter. */
  readonly blank: number
  /** Images left out because the same pixels also have another label. */
  readonly conflicting: number
  /** Copies of a kept image within one split. */
  readonly copies: number
  /** Images left out because the same pixels are also in another split; only one split keeps them. */
  readonly across: number
  /** Images that are kept, in all splits. */
  readonly kept: number
}

/** Images of the letters A to J, cleaned and split. If fonts are known, no font is in two splits. */
export interface Letters {
  readonly splits: Readonly<Record<LetterSplit, LabelledImages>>
  readonly cleaning: Cleaning
  /** Number of fonts in each split; null if the file does not name them. */
  readonly fonts: Readonly<Record<LetterSplit, number>> | null
  /** How the split was made, as a sentence for text. */
  readonly rule: string
  /** How the pixels were stored, as a phrase for text: `bytes, 0 to 255`. */
  readonly pixels: string
}

/** The file that a report was computed from, if no digest of it is published; `weft data pin` writes this. */
export interface Pin {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
}

export interface LetterOptions extends LoadOptions {
  /** Required for `notmnist-h5`; ignored by sets whose digests are in their source. */
  readonly pin?: Pin | null
}

/** A named set of letters. Nothing is read until `load` is called. */
export interface LetterSet {
  readonly name: string
  readonly title: string
  /** `A` to `J`. */
  readonly classes: readonly string[]
  readonly source: string
  readonly licence: string
  load(options?: LetterOptions): Promise<Letters>
}
