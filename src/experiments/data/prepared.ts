import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { LoadOptions } from './dataset.ts'
import { cacheFolder } from './folders.ts'
import type { PinnedFile } from './pinned-file.ts'
import { wasVerified } from './pinned-file.ts'
import { mapBytes, readPrepared, writePrepared } from './prepared-file.ts'
import { reportToStderr } from './progress.ts'

/** What a data set is made from. */
interface Origin {
  /** Name of what is made: `fashion-mnist train`. */
  readonly name: string
  /** The files that `make` reads, and verifies by their digests, in that order. */
  readonly files: readonly PinnedFile[]
  /** Finds one of them, or throws as `make` would. */
  pathOf(file: PinnedFile): Promise<string> | string
}

/**
 * Gives what `make` gives, decoded and cleaned once for all jobs: later calls by the same code read one file from the
 * folder `prepared` in the cache. The files of the origin are still required, as they were when their digests were
 * verified; if one is missing or has changed, `make` reports that. Anything wrong with a prepared file only costs the
 * time to make it again.
 *
 * @param make gives JSON in which any value may be a Uint8Array
 */
export async function prepared<T>(
  origin: Origin,
  make: () => Promise<T>,
  options: LoadOptions = {},
): Promise<T> {
  const { code = codeOfTask(), report = reportToStderr } = options
  // Without the digest of the code there is no telling whether another version made the file.
  if (code === undefined) return plain(await make())
  const folder = join(cacheFolder(options), 'prepared')
  const key = keyOf([origin.name, code, ...origin.files.map(({ sha256 }) => sha256)])
  const known = (await isVerified(origin, options)) ? readPrepared<T>(folder, key, report) : undefined
  if (known !== undefined) return known
  const made = plain(await make())
  writePrepared(folder, key, made)
  return made
}

// A Buffer differs from other arrays in its `slice`, and what is read later is no Buffer.
function plain<T>(made: T): T {
  return mapBytes(made, ({ buffer, byteOffset, length }) => new Uint8Array(buffer, byteOffset, length)) as T
}

/** Gives the digest of the code of this task: a build runs each task from a file that has it as its name. */
function codeOfTask(): string | undefined {
  const host = (globalThis as Record<symbol, unknown>)[Symbol.for('weft.host')]
  return (host as { readonly code?: string } | undefined)?.code
}

function keyOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

// Stops at the first file that was not verified, so that `make` reports what is wrong with it.
async function isVerified({ files, pathOf }: Origin, options: LoadOptions): Promise<boolean> {
  for (const file of files) if (!(await wasVerified(await pathOf(file), file, options))) return false
  return true
}
