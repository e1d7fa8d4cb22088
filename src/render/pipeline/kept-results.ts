import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileOf } from '../cache/result-store.ts'
import { openResults, type Store } from '../cache/store.ts'
import { warn } from '../model/messages.ts'
import type { Paths } from '../model/paths.ts'
import { pathsOf } from '../model/paths.ts'
import type { Digest, Report } from '../model/types.ts'
import type { BuildOptions } from './report.ts'
import { lastBuild } from './write-dist.ts'

type StoreOptions = Pick<BuildOptions, 'path' | 'latest' | 'env'>

/** Opens the results accepted and of this machine, of which only the latter are written. */
export function openStore(paths: Paths, report: Report, options: StoreOptions): Store {
  const { path, latest, env } = options
  const kept = join(paths.cache, 'freeze')
  const damaged = (file: string, reason: string) =>
    `Cannot use the stored result ${relative(report.root, file)}, ${reason}: it is computed again`
  return openResults(report, env, {
    layers: [...(latest ? [kept, paths.freeze] : [paths.freeze, kept]), join(pathsOf(path).cache, 'freeze')],
    writeTo: kept,
    onDamaged: (file, reason) => warn(report.files[0]!, 'result-is-whole', damaged(file, reason)),
  })
}

/** Tells which results are accepted: what is about to be counts as it will, what ran for a comparison does not. */
export function acceptedBy(
  { freeze }: Paths,
  { latest, rerun, reuse }: BuildOptions,
): (key: Digest) => boolean {
  if (latest) return () => true
  return (key) => !rerun && !reuse && existsSync(fileOf(freeze, key))
}

/** Gives the keys of the last build here, by label, to say why something runs again. */
export function lastKeys(paths: Paths, profile: string): { readonly [label: string]: string } {
  const path = lastBuild(paths, profile)
  try {
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')).cells as Record<string, string>) : {}
  } catch {
    return {}
  }
}
