import type { LabelledImages } from './dataset.ts'
import type { RowHash } from './hash-row.ts'
import { hashRow } from './hash-row.ts'

/**
 * Gives for every image of all parts, numbered consecutively, the number of the first image with the same pixels, which
 * is its own number if no earlier image has them. It compares images with equal hashes byte by byte, so a collision
 * costs only time. It needs 8 to 20 bytes per image and copies no pixels.
 * @param options.hash gives 32 bits for a row; by default a hash in the style of MurmurHash3
 */
export function groupRows(
  parts: readonly LabelledImages[],
  { hash = hashRow }: { readonly hash?: RowHash } = {},
): Uint32Array {
  const count = parts.reduce((sum, part) => sum + part.count, 0)
  const first = new Uint32Array(count)
  const hashes = new Uint32Array(count)
  const table = openTable(count)
  const pixels = (row: number) => rowOf(parts, row)
  let row = 0
  for (const part of parts) {
    const size = part.width * part.height
    const view = new DataView(part.images.buffer, part.images.byteOffset, part.images.byteLength)
    for (let index = 0; index < part.count; index++, row++) {
      const own = hash(view, index * size, size)
      hashes[row] = own
      first[row] = table.findOrAdd(
        row,
        own,
        (other) => hashes[other] === own && isEqual(pixels(other), pixels(row)),
      )
    }
  }
  return first
}

/** Creates a table of row numbers by hash, with open addressing and at most half of its slots in use. */
function openTable(count: number) {
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(2, 2 * count))))
  const mask = slots.length - 1
  return {
    /** Gives the row in the table that `isSame` accepts, or adds this row if there is none. */
    findOrAdd(row: number, hash: number, isSame: (other: number) => boolean): number {
      for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
        const entry = slots[slot]!
        if (entry === 0) {
          slots[slot] = row + 1
          return row
        }
        if (isSame(entry - 1)) return entry - 1
      }
    },
  }
}

function rowOf(parts: readonly LabelledImages[], row: number): Uint8Array {
  let start = row
  for (const { images, count, width, height } of parts) {
    if (start < count) return images.subarray(start * width * height, (start + 1) * width * height)
    start -= count
  }
  throw new Error(`Unexpected row ${row}, expected less than ${row - start}`)
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}
