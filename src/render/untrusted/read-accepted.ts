import { relative } from 'node:path'
import type { VFile } from 'vfile'
import type { ResultStore } from '../cache/result-store.ts'
import { fileOf } from '../cache/result-store.ts'
import { failOr, UntrustedInputError } from '../model/messages.ts'
import type { Paths } from '../model/paths.ts'
import type { Reader, Report, StoredResult } from '../model/types.ts'
import { checkStored } from './check-stored.ts'

/**
 * Reads the accepted results of a report that is not trusted, and keeps none. One that is not what it should be is
 * `report-is-harmless` on report.md, once, and is as good as absent.
 */
export function readAccepted(paths: Paths, { reader, files, folder }: Report): ResultStore {
  const main = files[0]!
  const known = new Map<string, StoredResult | undefined>()
  return {
    read(key) {
      if (known.has(key)) return known.get(key)
      const name = relative(folder, fileOf(paths.freeze, key))
      known.set(key, readOne(key, name, main, reader.read))
      return known.get(key)
    },
    write() {},
  }
}

function readOne(key: string, name: string, main: VFile, read: Reader['read']): StoredResult | undefined {
  try {
    if (!/^[0-9a-f]{64}$/.test(key))
      throw new UntrustedInputError(`expected a key of 64 hexadecimal digits, found \`${key.slice(0, 80)}\``)
    return checkStored(new TextDecoder().decode(read(name)), key)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    const reason = `Cannot use the stored result \`${name.slice(0, 100)}\`, ${(cause as Error).message}`
    failOr('result-is-whole', main, reason, { line: 1, column: 1 }, cause)
    return undefined
  }
}
