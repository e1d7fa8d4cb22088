import { createHash, randomUUID } from 'node:crypto'
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
// Not by name: other runtimes may lack crc32, and they load this module too.
import zlib from 'node:zlib'

// A folder of prepared data has two kinds of files. `KEY.made` names the content that some code made of some files.
// `SHA256-CRC32.data` is that content, once for all keys that lead to it: four bytes with the length of a JSON text,
// the text, then the bytes of all arrays.

const contentName = /^[a-f0-9]{64}-([a-f0-9]{8})$/
const headBytes = 4
// Node reads no longer file at once.
const mostBytes = 2 ** 31 - 1
const dayMs = 24 * 60 * 60 * 1000
const keptMs = 30 * dayMs

/**
 * Reads what a key leads to, into fresh memory; undefined if there is nothing that can be used. A damaged file is
 * renamed to `*.damaged`.
 *
 * @param report receives a line about a damaged file
 */
export function readPrepared<T>(folder: string, key: string, report: (line: string) => void): T | undefined {
  const pointer = join(folder, `${key}.made`)
  const name = tryTo(() => readFileSync(pointer, 'utf8'))
  const [, expected] = contentName.exec(name ?? '') ?? []
  if (expected === undefined) return undefined
  const path = join(folder, `${name}.data`)
  const bytes = tryTo(() => readFileSync(path))
  if (!bytes) return undefined
  const found = hex(zlib.crc32(bytes))
  if (found !== expected) {
    const aside = join(folder, `${name}.damaged`)
    tryTo(() => renameSync(path, aside))
    report(
      `Cannot use \`${path}\`, expected the CRC-32 ${expected}, found ${found}: set aside as \`${aside}\`, and made again`,
    )
    return undefined
  }
  for (const each of [pointer, path]) tryTo(() => touch(each))
  return unpacked<T>(bytes)
}

/** Keeps data under a key, by renaming whole files. If it cannot, the next job makes the data again. */
export function writePrepared(folder: string, key: string, made: unknown): void {
  tryTo(() => {
    const pieces = packed(made)
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0)
    if (bytes > mostBytes) return
    mkdirSync(folder, { recursive: true })
    forgetOld(folder)
    const name = nameOf(pieces)
    const path = join(folder, `${name}.data`)
    // Other code may have made the same.
    if (tryTo(() => statSync(path).size) !== bytes) write(path, pieces)
    write(join(folder, `${key}.made`), [Buffer.from(name)])
  })
}

/** Gives a copy of JSON-like data in which each Uint8Array is replaced. */
export function mapBytes(value: unknown, replace: (bytes: Uint8Array) => unknown): unknown {
  if (value instanceof Uint8Array) return replace(value)
  if (Array.isArray(value)) return value.map((each) => mapBytes(each, replace))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mapBytes(each, replace)]))
}

/** Gives the head and the bytes of all arrays, as they stand in the file one after another. */
function packed(made: unknown): Uint8Array[] {
  const arrays: Uint8Array[] = []
  let end = 0
  const marked = mapBytes(made, (bytes) => {
    arrays.push(bytes)
    end += bytes.length
    return { $bytes: [end - bytes.length, end] }
  })
  const json = Buffer.from(JSON.stringify(marked))
  const head = Buffer.alloc(headBytes)
  head.writeUInt32LE(json.length)
  return [head, json, ...arrays]
}

/** Gives the data of a file's bytes; its arrays are views of them. */
function unpacked<T>(bytes: Uint8Array): T {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const start = headBytes + length
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + headBytes, length).toString('utf8')
  return JSON.parse(text, (_, value: unknown) => {
    const range = (value as { readonly $bytes?: readonly [number, number] } | null)?.$bytes
    if (!range) return value
    return new Uint8Array(bytes.buffer, bytes.byteOffset + start + range[0], range[1] - range[0])
  }) as T
}

function nameOf(pieces: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  let crc = 0
  for (const piece of pieces) {
    hash.update(piece)
    crc = zlib.crc32(piece, crc)
  }
  return `${hash.digest('hex')}-${hex(crc)}`
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, '0')
}

function write(path: string, pieces: readonly Uint8Array[]): void {
  const temporary = `${path}.${randomUUID()}`
  try {
    const descriptor = openSync(temporary, 'wx')
    try {
      for (const piece of pieces)
        for (let done = 0; done < piece.length; ) done += writeSync(descriptor, piece, done)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, path)
  } finally {
    rmSync(temporary, { force: true })
  }
}

// Says that a file is in use, at most once a day.
function touch(path: string): void {
  const now = Date.now()
  if (now - statSync(path).mtimeMs > dayMs) utimesSync(path, now / 1000, now / 1000)
}

/** Removes what nobody has used for a month: the data of code that has changed since. */
function forgetOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    const isOld = Date.now() - (tryTo(() => statSync(path).mtimeMs) ?? Date.now()) > keptMs
    if (isOld) tryTo(() => rmSync(path, { force: true }))
  }
}

function tryTo<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
