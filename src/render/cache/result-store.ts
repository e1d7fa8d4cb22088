import { existsSync, readdirSync, readFileSync, renameSync, statSync, utimesSync } from 'node:fs'
import { basename, join } from 'node:path'
import { digestInOrder, digestOf } from '../model/digest.ts'
import { setAside } from '../model/set-aside.ts'
import type { Digest, Json, StoredResult } from '../model/types.ts'
import { writeAtomic } from '../model/write-atomic.ts'
import { formatVersion } from './key.ts'
import { type Difference, differenceOf, isSame } from './provenance.ts'
import { fileState } from './reads.ts'
import { StoredFiles } from './stored-files.ts'

export interface ResultStore {
  /**
   * Gives the result of a key, or undefined. Reports and skips a damaged one; skips one whose task has read files
   * that have changed since.
   */
  read(key: Digest): StoredResult | undefined
  write(stored: StoredResult): void
  /** Gives the result of a key even if the files that its task has read have changed since. */
  find?(key: Digest): StoredResult | undefined
}

export interface ResultStoreOptions {
  /** Folders to read, in this order. */
  readonly layers: readonly string[]
  /** Folder to write. */
  readonly writeTo: string
  /** Called with the path of an unusable file, and what was expected and found. */
  onDamaged(path: string, reason: string): void
  /** Says whether the files that the task has read are unchanged; always true unless given. */
  readonly isCurrent?: (stored: StoredResult) => boolean
  /** Remembers what was read; only this store's own unless given. */
  readonly memory?: StoredFiles
  /** Called with a result that differs from an earlier one of its key in what must reproduce. */
  readonly onDiffers?: (difference: Difference) => void
}

/** Keeps finished results in folders, one JSON file a key, verified by the digest of their content. */
export function openResultStore(
  options: ResultStoreOptions,
): ResultStore & Required<Pick<ResultStore, 'find'>> {
  const { writeTo, onDamaged, isCurrent = () => true, onDiffers, memory = new StoredFiles() } = options
  memory.begin()
  const readOnce = (path: string, key: Digest) => readRemembered(path, key, memory)
  const isOwn = (layer: string) => layer === writeTo
  const layers = [...new Set(options.layers)]
  const damaged = new Set<string>()
  const unlike = new Set<Digest>()
  function* verified(key: Digest): Generator<{ readonly path: string; readonly stored: StoredResult }> {
    for (const layer of layers) {
      const path = fileOf(layer, key)
      const found = readOnce(path, key)
      const stored = typeof found === 'string' && isOwn(layer) ? putAside(path, key, found) : found
      if (stored === undefined) continue
      if (typeof stored !== 'string') {
        if (isOwn(layer)) markUsed(path, memory)
        yield { path, stored }
      } else if (!damaged.has(path)) {
        damaged.add(path)
        onDamaged(path, stored)
      }
    }
  }
  const read = (key: Digest) => {
    for (const { stored } of verified(key)) if (isCurrent(stored)) return stored
    return undefined
  }
  return {
    read,
    find: (key) => read(key) ?? verified(key).next().value?.stored,
    write(now) {
      const nowPath = fileOf(writeTo, now.key)
      const others = [...verified(now.key)].filter(({ stored }) => stored.content !== now.content)
      if (others.length > 0) unlike.add(now.key)
      // A cell may differ if one of its jobs does, for example in its timings.
      const rests = now.provenance.jobs ?? []
      for (const { stored: before, path: beforePath } of rests.some((job) => unlike.has(job)) ? [] : others) {
        const member = differenceOf(before, now)
        if (member) onDiffers?.({ now, before, beforePath, nowPath, member })
        if (member) break
      }
      writeAtomic(nowPath, serialize(now))
    },
  }
}

/**
 * Stores a result, unless another build has stored the same meanwhile, perhaps with other times: those count for both.
 * Gives the one that counts.
 */
export function storeOnce(store: Pick<ResultStore, 'read' | 'write'>, now: StoredResult): StoredResult {
  const before = store.read(now.key)
  if (before && isSame(before, now)) return before
  store.write(now)
  return now
}

/** A store that finds nothing and writes what is new, to compute everything again. */
export function writeOnly(store: ResultStore): ResultStore {
  const { find } = store
  return {
    read: () => undefined,
    write: (stored) => store.write(stored),
    ...(find ? { find: (key) => find(key) } : {}),
  }
}

/** Adds to a result the digest of its content, by which it is verified when it is read. */
export function toStoredResult(stored: Omit<StoredResult, 'content'>): StoredResult {
  // Make it what will be read back: JSON has neither -0 nor undefined members.
  const { shown, exports, measured } = JSON.parse(
    JSON.stringify({ shown: stored.shown, exports: stored.exports, measured: stored.measured }),
  ) as Pick<StoredResult, 'shown' | 'exports' | 'measured'>
  return { ...stored, shown, exports, measured, content: contentOf({ shown, exports, measured }) }
}

/** Gives the file of a key in a folder of stored results. */
export function fileOf(folder: string, key: Digest): string {
  return join(folder, `${key}.json`)
}

/** Lists the keys that a folder of stored results has. */
export function keysIn(folder: string): Digest[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^[0-9a-f]{64}\.json$/.test(entry.name))
    .map(({ name }) => name.slice(0, 64))
    .sort()
}

// Reading and verifying a result takes milliseconds, and a build asks for each several times.
function readRemembered(path: string, key: Digest, memory: StoredFiles): StoredResult | string | undefined {
  const state = fileState(path)
  if (state === undefined) return undefined
  const known = memory.get(path)
  if (known?.state === state) return known.stored
  const stored = readStored(path, key)
  memory.set(path, { state, stored })
  return stored
}

// Whoever frees space may remove what nobody has used for long.
function markUsed(path: string, memory: StoredFiles): void {
  const known = memory.get(path)
  const usedNs = known?.state.split(' ')[2]
  if (!known || Date.now() - Number(usedNs) / 1e6 < dayMs) return
  try {
    const now = new Date()
    utimesSync(path, now, now)
    memory.set(path, { ...known, state: fileState(path) ?? known.state })
  } catch {
    // It is another user's, or the disk is read-only.
  }
}

const dayMs = 86_400_000

/**
 * Sets a damaged file aside, and says so with what is wrong with it. Another process may have written it again
 * meanwhile: a whole one is put back, and is the result.
 */
function putAside(path: string, key: Digest, reason: string): StoredResult | string {
  try {
    const aside = setAside(path)
    const stored = readStored(aside, key)
    if (typeof stored === 'string') return `${reason}, which is set aside as ${basename(aside)}`
    renameSync(aside, path)
    return stored
  } catch {
    return reason
  }
}

const noFile = 'expected a file, found a folder or another kind'

/** Reads a stored result and verifies it; gives what is wrong with it as text. */
export function readStored(path: string, key: Digest, isAgain = false): StoredResult | string {
  try {
    // To read a pipe would take for ever.
    if (!statSync(path).isFile()) return noFile
    return verifyStored(readFileSync(path, 'utf8'), key)
  } catch (cause) {
    // On NFS another machine has replaced the file since it was opened.
    if (!isAgain && (cause as NodeJS.ErrnoException).code === 'ESTALE') return readStored(path, key, true)
    return `expected JSON, found ${(cause as Error).message}`
  }
}

/** Verifies the text of a stored result; gives what is wrong with it as text. */
export function verifyStored(json: string, key: Digest): StoredResult | string {
  let stored: StoredResult
  try {
    stored = JSON.parse(json) as StoredResult
  } catch (cause) {
    return `expected JSON, found ${(cause as Error).message}`
  }
  if (typeof stored !== 'object' || stored === null || !Array.isArray(stored.shown))
    return 'expected a stored result, found other JSON'
  if (stored.parts?.format !== formatVersion)
    return `expected format ${formatVersion}, found ${stored.parts?.format}`
  if (stored.key !== key || digestOf(stored.parts) !== key)
    return `expected the key ${key.slice(0, 12)}, found ${String(stored.key).slice(0, 12)}`
  const content = contentOf(stored)
  if (content !== stored.content)
    return `expected content ${String(stored.content).slice(0, 12)}, found ${content.slice(0, 12)}`
  return stored
}

/** Writes a stored result as it lies in a folder: stable order, one member a line at the top. */
export function serialize(stored: StoredResult): string {
  const members = Object.keys(stored)
    .sort()
    .map(
      (key) => `${JSON.stringify(key)}: ${JSON.stringify((stored as unknown as Record<string, Json>)[key])}`,
    )
  return `{\n${members.join(',\n')}\n}\n`
}

function contentOf({
  shown,
  exports,
  measured,
}: Pick<StoredResult, 'shown' | 'exports' | 'measured'>): Digest {
  return digestInOrder({ shown, exports, measured } as unknown as Json)
}
