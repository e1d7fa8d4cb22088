import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { ResultStore } from '../cache/result-store.ts'
import { fileOf } from '../cache/result-store.ts'
import { openResults, type Store } from '../cache/store.ts'
import { warn } from '../model/messages.ts'
import type { Paths } from '../model/paths.ts'
import { pathsOf } from '../model/paths.ts'
import type { Digest, Report } from '../model/types.ts'
import { lastBuild } from './write-dist.ts'

/** Which of the results that are kept a build may use. */
export interface StoreOptions {
  /** Of report.md. */
  readonly path: string
  /** Prefers what this machine computed last to what was accepted, as before accepting it. */
  readonly latest?: boolean
  /** Runs everything, as if nothing were stored. */
  readonly rerun?: boolean
  /** What may be reused; everything that is kept unless given. */
  readonly reuse?: (store: ResultStore) => ResultStore
  /** Environment of the cells; only TZ, LC_ALL, PATH, HOME and WEFT_* of it reach them. */
  readonly env: NodeJS.ProcessEnv
}

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
  { latest, rerun, reuse }: StoreOptions,
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
