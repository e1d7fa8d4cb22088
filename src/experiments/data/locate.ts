import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { LoadOptions } from './dataset.ts'
import { download } from './download.ts'
import { cacheFolder } from './folders.ts'
import type { PinnedFile } from './pinned-file.ts'

/** Where the files of a data set come from. */
export interface FileSet {
  /** Its folder's name: `fashion-mnist`. */
  readonly name: string
  readonly title: string
  /** Base addresses that its authors publish, tried in order. */
  readonly addresses: readonly string[]
}

/**
 * Gives the path of a file of a data set: in WEFT_DATA or the set's folder there, else in the set's folder in
 * the user's cache, else downloaded into that.
 * @throws one error that lists what was tried and says what to do
 */
export async function locate(set: FileSet, file: PinnedFile, options: LoadOptions = {}): Promise<string> {
  const { env = process.env } = options
  const cached = join(cacheFolder(options), set.name, file.name)
  const given = env.WEFT_DATA ? resolve(env.WEFT_DATA) : undefined
  const places = [...(given ? [join(given, file.name), join(given, set.name, file.name)] : []), cached]
  for (const place of places) {
    if (await isFile(place)) return place
  }
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
  throw new Error(notFound(set, file, { places, failures, isGiven: given !== undefined }), {
    cause: failures[0],
  })
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

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
    `Download it (${file.bytes} bytes, SHA-256 ${file.sha256}) from ${set.addresses[0]}${file.name}` +
      ` into a folder \`${set.name}\`, and set WEFT_DATA to the folder that holds it; or build with the profile \`quick\`,` +
      ' which needs no files.',
  ].join('\n')
}
