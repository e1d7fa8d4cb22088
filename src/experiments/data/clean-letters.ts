import type { LabelledImages } from './dataset.ts'
import type { RowHash } from './group-rows.ts'
import { groupRows } from './group-rows.ts'
import type { Cleaning, LetterSplit } from './letters.ts'

/** The splits in order of precedence: if several contain equal pixels, the last of these splits keeps them. */
export const letterSplits = ['train', 'validation', 'test'] as const satisfies readonly LetterSplit[]

interface Cleaned {
  readonly cleaning: Cleaning
  /** Indices of the rows to keep, ascending. */
  readonly rows: Readonly<Record<LetterSplit, Uint32Array>>
}

/**
 * Finds the letters to keep. Each removed letter is counted once, for the first of these reasons that applies:
 * 1. blank: all its pixels are equal;
 * 2. conflicting: equal pixels have another label somewhere (the lower-case l of one font is the I of another);
 * 3. across: equal pixels are in a later split; test takes precedence over validation, and validation over train, so
 *    that a network is tested, and chosen, on all held-out images, and has seen none of them in training;
 * 4. copies: equal pixels are in an earlier row of the same split.
 */
export function cleanLetters(
  splits: Readonly<Record<LetterSplit, LabelledImages>>,
  options: { readonly hash?: RowHash } = {},
): Cleaned {
  const parts = letterSplits.map((split) => splits[split])
  const first = groupRows(parts, options)
  const home = homes(parts, first)
  const counts = { found: first.length, blank: 0, conflicting: 0, copies: 0, across: 0, kept: 0 }
  const kept = parts.map((): number[] => [])
  const taken = new Uint8Array(first.length)
  forEachRow(parts, (row, { part, index }) => {
    const group = first[row]!
    const fate = judge({
      part,
      home: home[group]!,
      isBlank: isFlat(parts[part]!, index),
      isTaken: taken[group] === 1,
    })
    counts[fate]++
    if (fate !== 'kept') return
    taken[group] = 1
    kept[part]!.push(index)
  })
  const [train, validation, test] = kept.map((rows) => Uint32Array.from(rows))
  return { cleaning: counts, rows: { train: train!, validation: validation!, test: test! } }
}

/**
 * Moves the rows to keep to the front and gives the images of these rows as a view of the same memory. The caller must
 * not use the argument any more. This avoids a second copy of a data set of 170 MB.
 * @param rows ascending
 */
export function keepRowsInPlace(images: LabelledImages, rows: Uint32Array): LabelledImages {
  const size = images.width * images.height
  rows.forEach((from, to) => {
    images.images.copyWithin(to * size, from * size, (from + 1) * size)
    images.labels[to] = images.labels[from]!
  })
  return {
    ...images,
    images: images.images.subarray(0, rows.length * size),
    labels: images.labels.subarray(0, rows.length),
    count: rows.length,
  }
}

/** Marks a group with different labels, instead of the number of a split. */
const conflict = 255

/** Gives for each group, at its first row, the last split that contains it, or `conflict`. */
function homes(parts: readonly LabelledImages[], first: Uint32Array): Uint8Array {
  const home = new Uint8Array(first.length)
  const label = new Uint8Array(first.length)
  forEachRow(parts, (row, { part, index }) => {
    const group = first[row]!
    const own = parts[part]!.labels[index]!
    if (group === row) label[group] = own
    home[group] = label[group] === own && home[group] !== conflict ? part : conflict
  })
  return home
}

interface Standing {
  readonly part: number
  readonly home: number
  readonly isBlank: boolean
  readonly isTaken: boolean
}

/** Says what becomes of an image: kept, or the first reason to leave it out. */
function judge({ part, home, isBlank, isTaken }: Standing): Exclude<keyof Cleaning, 'found'> {
  if (isBlank) return 'blank'
  if (home === conflict) return 'conflicting'
  if (home !== part) return 'across'
  return isTaken ? 'copies' : 'kept'
}

/** Says whether all pixels of an image are equal. */
function isFlat({ images, width, height }: LabelledImages, index: number): boolean {
  const start = index * width * height
  for (let pixel = start + 1; pixel < start + width * height; pixel++)
    if (images[pixel] !== images[start]) return false
  return true
}

/** Visits the rows of all parts, numbered consecutively. */
function forEachRow(
  parts: readonly LabelledImages[],
  visit: (row: number, place: { readonly part: number; readonly index: number }) => void,
): void {
  let row = 0
  parts.forEach(({ count }, part) => {
    for (let index = 0; index < count; index++) visit(row++, { part, index })
  })
}
