import { count } from './count.ts'

/** Counts labels 0 to 9 under their letters, `{ A: 20, ... J: 20 }`. */
export function countLabels(labels: Uint8Array, path: string): Record<string, number> {
  const counts = Array<number>(10).fill(0)
  for (const [row, label] of labels.entries()) {
    if (label > 9)
      throw new Error(`Cannot use \`${path}\`, expected labels 0 to 9, found ${label} in row ${row}`)
    counts[label]! += 1
  }
  return letterCounts(counts)
}

/** Gives counts of the labels 0 to 9 under their letters. */
export function letterCounts(counts: readonly number[]): Record<string, number> {
  return Object.fromEntries(counts.map((number, label) => [String.fromCharCode(65 + label), number]))
}

/** Writes such counts in a line. */
export function describeLabels(labels: Readonly<Record<string, number>>): string {
  return Object.entries(labels)
    .map(([letter, number]) => `${letter} ${count(number)}`)
    .join('  ')
}
