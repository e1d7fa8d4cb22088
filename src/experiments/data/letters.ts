import type { LabelledImages, LoadOptions } from './dataset.ts'

/** What the labels 0 to 9 stand for, in every set of letters. */
export const letterClasses = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'] as const

export type LetterSplit = 'train' | 'validation' | 'test'

/** What was done to a set of letters before it was split. */
export interface Cleaning {
  /** Images as published or as in the file. */
  readonly found: number
  /** Images without ink or without background: no letter can be read off them. */
  readonly blank: number
  /** Images that were left out since the same pixels stand under another letter, too. */
  readonly conflicting: number
  /** Copies of an image that stays, within one split. */
  readonly copies: number
  /** Images that were left out since their pixels are in another split, too; each stays in one split alone. */
  readonly across: number
  /** Images that are left, all splits together. */
  readonly kept: number
}

/** Images of the letters A to J, cleaned and split so that no font is in two splits, where fonts are known. */
export interface Letters {
  readonly splits: Readonly<Record<LetterSplit, LabelledImages>>
  readonly cleaning: Cleaning
  /** How many fonts each split has; null where the file does not name them. */
  readonly fonts: Readonly<Record<LetterSplit, number>> | null
  /** How the split was made, a sentence for prose. */
  readonly rule: string
  /** How the pixels were stored, a phrase for prose: `bytes, 0 to 255`. */
  readonly pixels: string
}

/** The file that a report was computed from, where nobody publishes its digest: what `npm run data -- pin` writes. */
export interface Pin {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
}

export interface LetterOptions extends LoadOptions {
  /** Needed by `notmnist-h5`, ignored by sets that are pinned in their source. */
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
