import { stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { LoadOptions } from './dataset.ts'
import type { PinnedFile } from './pinned-file.ts'
import { readPinned } from './pinned-file.ts'

/** Gives the path of one of Weft's own data files. Throws if it is missing. */
export async function pathOfStandIn({ name }: Pick<PinnedFile, 'name'>): Promise<string> {
  const path = fileURLToPath(new URL(`./stand-in/${name}`, import.meta.url))
  await stat(path).catch((cause) => {
    throw new Error(`Cannot find \`${path}\` of Weft itself, install Weft again`, { cause })
  })
  return path
}

/** Reads one of Weft's own data files. Throws if it is missing, or has other bytes. */
export async function readStandIn(file: PinnedFile, options: LoadOptions): Promise<Uint8Array> {
  return readPinned(await pathOfStandIn(file), file, options)
}
