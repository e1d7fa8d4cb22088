import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { unzipSync } from 'fflate'
import type { VersionFiles } from './version-files.ts'

/** Most bytes that the files of a zip may have unpacked. */
const most = 2 ** 30

/** Opens the files of a zip without unpacking it to the disk. Throws an Error if it is none. */
export function openZip(path: string): VersionFiles {
  const zip = readFileSync(path)
  const sizes = new Map<string, number>()
  const unzip = (wanted: ReadonlySet<string>) => {
    try {
      return unzipSync(zip, {
        filter({ name, originalSize }) {
          if (!name.endsWith('/')) sizes.set(name, originalSize)
          return wanted.has(name)
        },
      })
    } catch (cause) {
      throw new Error(`Cannot read ${path}, expected a zip, found ${(cause as Error).message}`, { cause })
    }
  }
  unzip(new Set())
  return {
    name: basename(path),
    detail: 'a zip',
    paths: new Set(sizes.keys()),
    read(paths) {
      const bytes = paths.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0)
      if (bytes > most) throw new Error(`Cannot read ${path}, expected at most ${most} bytes, found ${bytes}`)
      return new Map(Object.entries(unzip(new Set(paths))))
    },
  }
}
