import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { digestInOrder, digestOf } from '../digest.ts'
import type { Digest, Frozen, Json } from '../types.ts'
import { formatVersion } from './key.ts'
import { writeAtomic } from './write-atomic.ts'

export interface Freezer {
  /** Gives the result of a key, or undefined; one that is damaged is reported and not used. */
  read(key: Digest): Frozen | undefined
  write(frozen: Frozen): void
}

export interface FreezerOptions {
  /** Folders to read, first one first. */
  readonly layers: readonly string[]
  /** Folder to write. */
  readonly writeTo: string
  /** Told of a file that cannot be used: its path, and what was expected and found. */
  onDamaged(path: string, reason: string): void
}

/** Keeps finished results in folders, one JSON file a key, verified by the digest of their content. */
export function openFreezer({ layers, writeTo, onDamaged }: FreezerOptions): Freezer {
  const damaged = new Set<string>()
  return {
    read(key) {
      for (const layer of layers) {
        const path = fileOf(layer, key)
        if (!existsSync(path)) continue
        const frozen = readFrozen(path, key)
        if (typeof frozen !== 'string') return frozen
        if (!damaged.has(path)) onDamaged(path, frozen)
        damaged.add(path)
      }
      return undefined
    },
    write(frozen) {
      writeAtomic(fileOf(writeTo, frozen.key), serialize(frozen))
    },
  }
}

/** A freezer that finds nothing and keeps what is new, as for recomputing everything. */
export function forgetful(freezer: Freezer): Freezer {
  return { read: () => undefined, write: (frozen) => freezer.write(frozen) }
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
