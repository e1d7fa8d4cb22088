import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { digestInOrder, digestOf } from '../model/digest.ts'
import type { Digest, Frozen, Json } from '../model/types.ts'
import { writeAtomic } from '../model/write-atomic.ts'
import { formatVersion } from './key.ts'
import type { Difference } from './other-result.ts'
import { differenceOf } from './other-result.ts'

export interface Freezer {
  /**
   * Gives the result of a key, or undefined; one that is damaged is reported and not used, and one whose task has
   * read what is different now is passed over.
   */
  read(key: Digest): Frozen | undefined
  write(frozen: Frozen): void
  /** Gives the result of a key also where what its task has read is different now. */
  find?(key: Digest): Frozen | undefined
}

export interface FreezerOptions {
  /** Folders to read, first one first. */
  readonly layers: readonly string[]
  /** Folder to write. */
  readonly writeTo: string
  /** Told of a file that cannot be used: its path, and what was expected and found. */
  onDamaged(path: string, reason: string): void
  /** Whether what the task has read is as it was; taken for granted unless given. */
  readonly isCurrent?: (frozen: Frozen) => boolean
  /** Told of a result that is not the earlier one of its key, in what must reproduce. */
  readonly onDiffers?: (difference: Difference) => void
}

/** Keeps finished results in folders, one JSON file a key, verified by the digest of their content. */
export function openFreezer(options: FreezerOptions): Freezer & Required<Pick<Freezer, 'find'>> {
  const { writeTo, onDamaged, isCurrent = () => true, onDiffers } = options
  const layers = [...new Set(options.layers)]
  const damaged = new Set<string>()
  const unlike = new Set<Digest>()
  function* whole(key: Digest): Generator<{ readonly path: string; readonly frozen: Frozen }> {
    for (const layer of layers) {
      const path = fileOf(layer, key)
      if (!existsSync(path)) continue
      const frozen = readFrozen(path, key)
      if (typeof frozen !== 'string') yield { path, frozen }
      else if (!damaged.has(path)) onDamaged(path, frozen)
      if (typeof frozen === 'string') damaged.add(path)
    }
  }
  const read = (key: Digest) => {
    for (const { frozen } of whole(key)) if (isCurrent(frozen)) return frozen
    return undefined
  }
  return {
    read,
    find: (key) => read(key) ?? whole(key).next().value?.frozen,
    write(now) {
      const nowPath = fileOf(writeTo, now.key)
      const others = [...whole(now.key)].filter(({ frozen }) => frozen.content !== now.content)
      if (others.length > 0) unlike.add(now.key)
      // A cell whose job came out otherwise has every right to differ, be it in times alone.
      const rests = now.provenance.jobs ?? []
      for (const { frozen: before, path: beforePath } of rests.some((job) => unlike.has(job)) ? [] : others) {
        const member = differenceOf(before, now)
        if (member) onDiffers?.({ now, before, beforePath, nowPath, member })
        if (member) break
      }
      writeAtomic(nowPath, serialize(now))
    },
  }
}

/** A freezer that finds nothing and keeps what is new, as for recomputing everything. */
export function forgetful(freezer: Freezer): Freezer {
  const { find } = freezer
  return {
    read: () => undefined,
    write: (frozen) => freezer.write(frozen),
    ...(find ? { find: (key) => find(key) } : {}),
  }
}

/** Seals a result: computes the digest by which it will be verified. */
export function freeze(frozen: Omit<Frozen, 'content'>): Frozen {
  // As it will be read back: JSON has no -0 and no absent members.
  const { shown, exports, measured } = JSON.parse(
    JSON.stringify({ shown: frozen.shown, exports: frozen.exports, measured: frozen.measured }),
  ) as Pick<Frozen, 'shown' | 'exports' | 'measured'>
  return { ...frozen, shown, exports, measured, content: contentOf({ shown, exports, measured }) }
}

/** Gives the file of a key in a folder of frozen results. */
export function fileOf(folder: string, key: Digest): string {
  return join(folder, `${key}.json`)
}

/** Lists the keys that a folder of frozen results has. */
export function keysIn(folder: string): Digest[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^[0-9a-f]{64}\.json$/.test(name))
    .map((name) => name.slice(0, 64))
    .sort()
}

/** Reads a frozen result and verifies it; gives what is wrong with it as text. */
export function readFrozen(path: string, key: Digest): Frozen | string {
  try {
    return verifyFrozen(readFileSync(path, 'utf8'), key)
  } catch (cause) {
    return `expected JSON, found ${(cause as Error).message}`
  }
}

/** Verifies the text of a frozen result; gives what is wrong with it as text. */
export function verifyFrozen(json: string, key: Digest): Frozen | string {
  let frozen: Frozen
  try {
    frozen = JSON.parse(json) as Frozen
  } catch (cause) {
    return `expected JSON, found ${(cause as Error).message}`
  }
  if (typeof frozen !== 'object' || frozen === null || !Array.isArray(frozen.shown))
    return 'expected a frozen result, found other JSON'
  if (frozen.parts?.format !== formatVersion)
    return `expected format ${formatVersion}, found ${frozen.parts?.format}`
  if (frozen.key !== key || digestOf(frozen.parts) !== key)
    return `expected the key ${key.slice(0, 12)}, found ${String(frozen.key).slice(0, 12)}`
  const content = contentOf(frozen)
  if (content !== frozen.content)
    return `expected content ${String(frozen.content).slice(0, 12)}, found ${content.slice(0, 12)}`
  return frozen
}

/** Writes a frozen result as it lies in a folder: stable order, one member a line at the top. */
export function serialize(frozen: Frozen): string {
  const members = Object.keys(frozen)
    .sort()
    .map(
      (key) => `${JSON.stringify(key)}: ${JSON.stringify((frozen as unknown as Record<string, Json>)[key])}`,
    )
  return `{\n${members.join(',\n')}\n}\n`
}

function contentOf({ shown, exports, measured }: Pick<Frozen, 'shown' | 'exports' | 'measured'>): Digest {
  return digestInOrder({ shown, exports, measured } as unknown as Json)
}
