import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openPromise, validateFileName } from 'yauzl'
import { isNeeded } from './wheels.ts'

/**
 * Writes what is needed of a wheel into a folder.
 * @throws if it is no zip archive, or holds nothing that is needed
 */
export async function unpackWheel(path: string, folder: string): Promise<void> {
  const zip = await openPromise(path).catch((cause) => {
    throw new Error(`Cannot unpack ${path}, expected a zip archive: ${cause.message}`, { cause })
  })
  let files = 0
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName
    if (name.endsWith('/') || !isNeeded(name) || validateFileName(name) !== null) continue
    const target = join(folder, name)
    await mkdir(dirname(target), { recursive: true })
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target))
    files += 1
  }
  if (files === 0) throw new Error(`Cannot unpack ${path}, expected libraries in it, found none`)
}
