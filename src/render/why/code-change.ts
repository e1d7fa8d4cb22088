import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleJob } from '../bundle/bundle-job.ts'
import type { Results } from '../execute/run-report.ts'
import { programName } from '../execute/write-program.ts'
import { sha256 } from '../model/digest.ts'
import type { LockedProfile } from '../model/lock.ts'
import type { Bundle, Digest } from '../model/types.ts'
import { type Symbols, symbolsOf } from './symbols.ts'

/** One declaration that a bundle takes in another form than before, or no more. */
export interface SymbolChange {
  readonly file: string
  readonly name: string
  readonly kind: 'changed' | 'new' | 'gone'
  /** Its text, where that is still known. */
  readonly before?: string
  readonly after?: string
}

/** Where the code of earlier results is still known from. */
export interface OldCode {
  /** Of the project. */
  readonly root: string
  /** Where code is laid for running, named by its digest. */
  readonly runFolder: string
  /** Digests of the declarations that the accepted results rest on. */
  readonly accepted: LockedProfile['sources']
}

/**
 * Says in which declarations a bundle differs from an earlier one: from its code, if it ran here, else from the
 * digests that were accepted. Undefined if neither tells a difference; empty if the code is known and differs only in
 * its imports or in the order of its modules.
 */
export async function codeChange(
  previous: Digest,
  bundle: Bundle,
  { root, runFolder, accepted }: OldCode,
): Promise<readonly SymbolChange[] | undefined> {
  const after = await symbolsOf(bundle, root)
  const code = readProgram(runFolder, previous)
  if (code) return changedSymbols(await symbolsOf({ ...code, label: bundle.label }, root), after)
  if (Object.keys(accepted).length === 0) return undefined
  const changes = changedSince(accepted, after)
  return changes.length > 0 ? changes : undefined
}

/** Compares what two bundles took, declaration by declaration. */
export function changedSymbols(before: Symbols, after: Symbols): SymbolChange[] {
  return namesOf({ ...before, ...after }, before, after).flatMap(({ file, name }) => {
    const [old, now] = [before[file]?.[name], after[file]?.[name]]
    if (old === now) return []
    const kind = old === undefined ? 'new' : now === undefined ? 'gone' : 'changed'
    return [
      {
        file,
        name,
        kind,
        ...(old === undefined ? {} : { before: old }),
        ...(now === undefined ? {} : { after: now }),
      },
    ]
  })
}

/** Compares what a bundle takes with the accepted digests of declarations; what is gone is not known. */
export function changedSince(accepted: LockedProfile['sources'], after: Symbols): SymbolChange[] {
  return namesOf(after, after).flatMap(({ file, name }) => {
    const [old, now] = [accepted[file]?.[name], after[file]![name]!]
    if (old?.split(' ').includes(symbolDigest(now))) return []
    return [{ file, name, kind: old === undefined ? ('new' as const) : ('changed' as const), after: now }]
  })
}

/**
 * Gives the digests of what bundles take, as the lock keeps them: several for a declaration of which some bundles take
 * another part.
 */
export function symbolDigests(all: readonly Symbols[]): LockedProfile['sources'] {
  const digests: LockedProfile['sources'] = {}
  for (const symbols of all)
    for (const { file, name } of namesOf(symbols, symbols)) {
      digests[file] ??= {}
      const known = digests[file][name]?.split(' ') ?? []
      digests[file][name] = [...new Set([...known, symbolDigest(symbols[file]![name]!)])].sort().join(' ')
    }
  const sorted = <Value>(record: Record<string, Value>) =>
    Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted(digests).map(([file, names]) => [file, Object.fromEntries(sorted(names))]))
}

function symbolDigest(text: string): string {
  return sha256(text).slice(0, 8)
}

function namesOf(files: Symbols, ...all: readonly Symbols[]): { file: string; name: string }[] {
  return Object.keys(files)
    .sort()
    .flatMap((file) =>
      [...new Set(all.flatMap((symbols) => Object.keys(symbols[file] ?? {})))].map((name) => ({
        file,
        name,
      })),
    )
}

function readProgram(runFolder: string, digest: Digest): Pick<Bundle, 'code' | 'map'> | undefined {
  const path = join(runFolder, programName(digest))
  if (!existsSync(path) || !existsSync(`${path}.map`)) return undefined
  const code = readFileSync(path, 'utf8').replace(/\n\/\/# sourceMappingURL=[^\n]*\n$/, '')
  if (sha256(code) !== digest) return undefined
  const { sourceRoot: _, ...map } = JSON.parse(readFileSync(`${path}.map`, 'utf8')) as { sourceRoot?: string }
  return { code, map: JSON.stringify(map) }
}

/**
 * Gives the digests of all declarations that the results of a report rest on, of cells and of jobs, to say later
 * which of them changed where the code itself is no more.
 */
export async function acceptedSources(
  root: string,
  { bundles, jobs }: Pick<Results, 'bundles' | 'jobs'>,
): Promise<LockedProfile['sources']> {
  const requests = new Map(
    [...jobs.values()].map(({ provenance: { job } }) => [`${job!.module}#${job!.name}`, job!]),
  )
  const ofJobs = await Promise.all([...requests.values()].map((request) => bundleJob(root, request)))
  const all = [...bundles.values(), ...ofJobs]
  return symbolDigests(await Promise.all(all.map((bundle) => symbolsOf(bundle, root))))
}
