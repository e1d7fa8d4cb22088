import { type Zippable, zipSync } from 'fflate'
import type { HandedFile } from './finding.ts'

// A plain file that everybody may read and its owner write, on Unix.
const unix = { os: 3, attrs: 0o100644 << 16 } as const
const packed = /\.(pdf|png|jpe?g|gz|woff2?)$/i

/** Packs files into a zip: sorted by name, all of one day and one mode, so that equal files give equal bytes. */
export function zipFiles(files: readonly HandedFile[]): Uint8Array {
  const sorted = [...files].sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0))
  const entries = sorted.map(
    ({ name, bytes }) => [name, [bytes, { level: packed.test(name) ? 0 : 9 }]] as const,
  )
  // The first day that a zip can name, at noon where the machine is, so that every time zone writes the same one.
  const day = new Date(1980, 0, 1, 12)
  return zipSync(Object.fromEntries(entries) as unknown as Zippable, { mtime: day, ...unix })
}
