import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sha256 } from '../model/digest.ts'
import { temporaryOf } from '../model/write-atomic.ts'

/**
 * Keeps the markup of formulas, code blocks and citations, which cost most of a page, by a digest of all that decides it.
 * Whoever makes more than one page of a report passes the same one again.
 */
export interface BlockCache {
  get(key: string): string | undefined
  set(key: string, markup: string): void
}

/** A cache that outlives the build, in one file. */
export interface StoredBlockCache extends BlockCache {
  /** Whether earlier builds stored nothing. */
  readonly isEmpty: boolean
  /** Writes what this build used, and forgets the rest; does nothing when that is what the file has. */
  write(): Promise<void>
}

/** Reads the markup that an earlier build kept; a file or an entry that is missing or damaged is as good as empty. */
export async function readBlockCache(path: string): Promise<StoredBlockCache> {
  const kept = await readEntries(path)
  const used = new Map<string, string>()
  return {
    isEmpty: kept.size === 0,
    get(key) {
      const markup = used.get(key) ?? kept.get(key)
      if (markup !== undefined) used.set(key, markup)
      return markup
    },
    set: (key, markup) => void used.set(key, markup),
    async write() {
      if (used.size === kept.size && [...used].every(([key, markup]) => kept.get(key) === markup)) return
      await writeEntries(path, used)
    },
  }
}

async function readEntries(path: string): Promise<ReadonlyMap<string, string>> {
  try {
    const entries = Object.entries(JSON.parse(await readFile(path, 'utf8')) as object)
    return new Map(
      entries.flatMap(([key, entry]): [string, string][] => {
        const markup = verifiedMarkup(key, entry)
        return markup === undefined ? [] : [[key, markup]]
      }),
    )
  } catch {
    return new Map()
  }
}

async function writeEntries(path: string, entries: ReadonlyMap<string, string>): Promise<void> {
  const partial = temporaryOf(path)
  await mkdir(dirname(path), { recursive: true })
  try {
    const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
    const written = sorted.map(([key, markup]) => [key, `${digestOf(key, markup)} ${markup}`])
    await writeFile(partial, JSON.stringify(Object.fromEntries(written)))
    await rename(partial, path)
  } finally {
    await rm(partial, { force: true })
  }
}

// What a key names goes into the page as it stands: an entry that is not the one that was written is none.
function verifiedMarkup(key: string, entry: unknown): string | undefined {
  if (typeof entry !== 'string') return undefined
  const at = entry.indexOf(' ')
  const markup = entry.slice(at + 1)
  return entry.slice(0, at) === digestOf(key, markup) ? markup : undefined
}

function digestOf(key: string, markup: string): string {
  return sha256(`${key} ${markup}`)
}
