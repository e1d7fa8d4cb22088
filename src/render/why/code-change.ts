import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleJob } from '../bundle/bundle-job.ts'
import type { Results } from '../execute/run-report.ts'
import { programName } from '../execute/write-program.ts'
import { sha256 } from '../model/digest.ts'
import type { LockedProfile } from '../model/lock.ts'
import type { Bundle, Digest } from '../model/types.ts'
import { type Symbols, symbolsOf } from './symbols.ts'

/** One declaration that changed in a bundle, is new, or is gone. */
export interface SymbolChange {
  readonly file: string
  readonly name: string
  readonly kind: 'changed' | 'new' | 'gone'
  /** Its earlier text, if still known. */
  readonly before?: string
  readonly after?: string
}

/** Sources of the code of earlier results. */
export interface OldCode {
  /** Root of the project. */
  readonly root: string
  /** Folder of the code of past runs, in files named by digest. */
  readonly runFolder: string
  /** Digests of the declarations that the accepted results depend on. */
  readonly accepted: LockedProfile['sources']
}

/**
 * Lists the declarations in which a bundle differs from an earlier one. It compares with the earlier code if that ran
 * here, otherwise with the accepted digests. Undefined if neither shows a difference; empty if the code is known and
 * differs only in its imports or in the order of its modules.
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

/** Compares two bundles, declaration by declaration. */
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

/** Compares a bundle with the accepted digests of declarations. It cannot find removed declarations. */
export function changedSince(accepted: LockedProfile['sources'], after: Symbols): SymbolChange[] {
  return namesOf(after, after).flatMap(({ file, name }) => {
    const [old, now] = [accepted[file]?.[name], after[file]![name]!]
    if (old?.split(' ').includes(symbolDigest(now))) return []
    return [{ file, name, kind: old === undefined ? ('new' as const) : ('changed' as const), after: now }]
  })
}

/**
 * Gives the digests of the declarations in bundles, as the lock stores them. A declaration has several digests if
 * bundles take different parts of it.
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
 * Gives the digests of all declarations that the results of cells and jobs depend on. Later they show which declarations
 * changed, even if the code itself no longer exists.
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
