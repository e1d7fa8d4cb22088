import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readCached } from '../model/cache-file.ts'
import type { Paths } from '../model/paths.ts'
import type { Digest } from '../model/types.ts'

const folderOf = (cache: string) => join(cache, 'last')

/** Gives the path of the file with the keys of a profile's last build on this machine. */
export function lastBuild({ cache, stem }: Pick<Paths, 'cache' | 'stem'>, profile: string): string {
  return join(folderOf(cache), `${stem}.${profile}.json`)
}

/** Gives the keys of the last build on this machine, by label. */
export function lastKeys(paths: Pick<Paths, 'cache' | 'stem'>, profile: string): Record<string, Digest> {
  return keysOf(lastBuild(paths, profile))
}

/** Gives the keys of the cells of all last builds that wrote to a cache: of every report and profile. */
export function allLastKeys(cache: string): Digest[] {
  const folder = folderOf(cache)
  const names = existsSync(folder) ? readdirSync(folder) : []
  const files = names.filter((name) => name.endsWith('.json'))
  return files.flatMap((name) => Object.values(keysOf(join(folder, name))))
}

// A damaged file names nothing: then a build says `new` where it knew a reason.
function keysOf(path: string): Record<string, Digest> {
  const { cells } = Object(readCached(path)) as { readonly cells?: unknown }
  const pairs = Object.entries(Object(cells)).filter(([, key]) => /^[0-9a-f]{64}$/.test(String(key)))
  return Object.fromEntries(pairs) as Record<string, Digest>
}
