import type { LabelledImages } from '../../../src/experiments/data/dataset.ts'

/** Makes images of 2 x 2 pixels, one per row: `[label, ...pixels]`. */
export function tinyLetters(...rows: readonly (readonly number[])[]): LabelledImages {
  return {
    images: Uint8Array.from(rows.flatMap(([, ...pixels]) => pixels)),
    labels: Uint8Array.from(rows, ([label]) => label!),
    count: rows.length,
    width: 2,
    height: 2,
  }
}

/** The inverse of `tinyLetters`. */
export function rowsOf({ images, labels, count, width, height }: LabelledImages): number[][] {
  const size = width * height
  return Array.from({ length: count }, (_, row) => [
    labels[row]!,
    ...images.subarray(row * size, (row + 1) * size),
  ])
}
