import type { LabelledImages } from './dataset.ts'
import { groupRows } from './group-rows.ts'
import type { RowHash } from './hash-row.ts'
import type { Cleaning, LetterSplit } from './letters.ts'

/** A number for each split; equal pixels that are in several splits stay in the one that comes last here. */
export const letterSplits = ['train', 'validation', 'test'] as const satisfies readonly LetterSplit[]

interface Cleaned {
  readonly cleaning: Cleaning
  /** The numbers of the rows that stay, ascending. */
  readonly rows: Readonly<Record<LetterSplit, Uint32Array>>
}

/**
 * Finds the letters that may stay. One that is left out is counted once, by the first of these that holds:
 * 1. blank: all its pixels are equal;
 * 2. conflicting: its pixels stand under two labels, anywhere (the lower-case l of one font is the I of another);
 * 3. across: its pixels are in a split that comes later; test beats validation, validation beats train, so that a
 *    network is tested, and chosen, on all that was held back, and none of it was learnt;
 * 4. copies: its pixels are in the same split, in an earlier row.
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
 * Moves the rows that stay to the front and gives the images that they make: a view of the same memory, so what
 * was given must not be used any more. It saves a second copy of a data set of 170 MB.
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

/** Stands for a group whose labels differ, in place of the number of its split. */
const conflict = 255

/** Gives for each group, at its first row, the last split that has it, or `conflict`. */
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

function judge({ part, home, isBlank, isTaken }: Standing): Exclude<keyof Cleaning, 'found'> {
  if (isBlank) return 'blank'
  if (home === conflict) return 'conflicting'
  if (home !== part) return 'across'
  return isTaken ? 'copies' : 'kept'
}

function isFlat({ images, width, height }: LabelledImages, index: number): boolean {
  const start = index * width * height
  for (let pixel = start + 1; pixel < start + width * height; pixel++)
    if (images[pixel] !== images[start]) return false
  return true
}

/** Visits the rows of all parts, numbered through. */
function forEachRow(
  parts: readonly LabelledImages[],
  visit: (row: number, place: { readonly part: number; readonly index: number }) => void,
): void {
  let row = 0
  parts.forEach(({ count }, part) => {
    for (let index = 0; index < count; index++) visit(row++, { part, index })
  })
}
