import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { LoadOptions } from './dataset.ts'
import { download } from './download.ts'
import { cacheFolder } from './folders.ts'
import type { PinnedFile } from './pinned-file.ts'

/** The origin of the files of a data set. */
export interface FileSet {
  /** Name of its folder: `fashion-mnist`. */
  readonly name: string
  /** Possible names of its folder in WEFT_DATA; by default only `name`. */
  readonly folders?: readonly string[]
  readonly title: string
  /** Base addresses that its authors publish, tried in order. */
  readonly addresses: readonly string[]
  /** If there is no address: a phrase that says what the authors publish instead. */
  readonly origin?: string
}

/**
 * Gives the path of a file of a data set: in WEFT_DATA or the set's folder there, else in the set's folder in the
 * user's cache, else downloaded into that folder.
 * @throws an error that lists what was tried and says what to do
 */
export async function locate(set: FileSet, file: PinnedFile, options: LoadOptions = {}): Promise<string> {
  const cached = join(cacheFolder(options), set.name, file.name)
  const places = placesOf(set, file.name, options)
  const found = await firstFile(places)
  if (found) return found
  const failures: unknown[] = []
  for (const address of options.addresses ?? set.addresses) {
    try {
      await download(`${address}${file.name}`, cached, file, options)
      return cached
    } catch (cause) {
      options.signal?.throwIfAborted()
      failures.push(cause)
    }
  }
  throw new Error(notFound(set, file, { places, failures, isGiven: isDataGiven(options) }), {
    cause: failures[0],
  })
}

/** Gives the paths where a file of a data set may be, in order of precedence. */
export function placesOf(
  { name, folders = [name] }: Pick<FileSet, 'name' | 'folders'>,
  file: string,
  options: LoadOptions = {},
): string[] {
  const { env = process.env } = options
  const given = env.WEFT_DATA ? resolve(env.WEFT_DATA) : undefined
  const inGiven = given ? ['', ...folders].map((folder) => join(given, folder, file)) : []
  return [...inGiven, join(cacheFolder(options), name, file)]
}

/** Gives the first path that is a file. */
export async function firstFile(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (await isFile(path)) return path
  }
  return undefined
}

/** Returns whether WEFT_DATA is set. If not, an error that lists places says so. */
export function isDataGiven({ env = process.env }: LoadOptions): boolean {
  return Boolean(env.WEFT_DATA)
}

/** Says whether there is a file at a path. */
async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

/** Gives the error for files that are missing. */
function notFound(
  set: FileSet,
  file: PinnedFile,
  {
    places,
    failures,
    isGiven,
  }: { places: readonly string[]; failures: readonly unknown[]; isGiven: boolean },
): string {
  return [
    `Cannot find \`${file.name}\` of ${set.title}:`,
    ...(isGiven ? [] : ['  WEFT_DATA is not set']),
    ...places.map((place) => `  no file ${place}`),
    ...failures.map((failure) => `  ${failure instanceof Error ? failure.message : String(failure)}`),
    remedy(set, file),
  ].join('\n')
}

/** Says how to get the files. */
function remedy(set: FileSet, file: PinnedFile): string {
  const { addresses, folders = [set.name], origin } = set
  const one = `(${file.bytes} bytes, SHA-256 ${file.sha256})`
  const rest =
    ` into a folder \`${folders[0]}\`, and set WEFT_DATA to the folder that holds it; or build with the profile \`quick\`,` +
    ' which needs no files.'
  if (addresses[0]) return `Download it ${one} from ${addresses[0]}${file.name}${rest}`
  return `No address is known for it${origin ? `: ${origin}` : ''}. Put it ${one}${rest}`
}
