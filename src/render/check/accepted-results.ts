import { existsSync, readFileSync } from 'node:fs'
import { sizeOf } from '../cache/provenance.ts'
import { fileOf, readStored, serialize } from '../cache/result-store.ts'
import { digestOf } from '../model/digest.ts'
import type { LockedProfile } from '../model/lock.ts'
import type { Digest, Json, StoredResult } from '../model/types.ts'
import { fileDigest } from '../results/accept.ts'
import { environmentsOf } from '../results/used.ts'

/** The accepted results of a profile, and those that cannot be used. */
export interface AcceptedResults {
  readonly stored: ReadonlyMap<Digest, StoredResult>
  /** Key -> why the result cannot be used. */
  readonly damaged: ReadonlyMap<Digest, string>
  /** Key -> how the digest of its file differs from the lock. The content may still be unchanged and readable. */
  readonly changed: ReadonlyMap<Digest, string>
}

/** Reads and verifies every result that a profile has accepted; none if its results are not stored. */
export function readAccepted(folder: string, { kept, cells, jobs, seals }: LockedProfile): AcceptedResults {
  const stored = new Map<Digest, StoredResult>()
  const damaged = new Map<Digest, string>()
  const keys = kept ? new Set([...Object.values(cells), ...Object.keys(jobs)]) : []
  for (const key of keys) {
    const result = readOne(fileOf(folder, key), key)
    if (typeof result === 'string') damaged.set(key, result)
    else stored.set(key, result)
  }
  for (const [key, label] of Object.entries(jobs)) {
    const found = stored.get(key)?.provenance.label
    if (found === undefined || found === label) continue
    damaged.set(key, `expected the job ${label} as in the lock, found ${found}`)
  }
  return { stored, damaged, changed: changedOf(stored, seals) }
}

/** Says how the environments of the accepted jobs differ from those in the lock; undefined if they do not. */
export function strangeEnvironment(
  { stored, damaged }: AcceptedResults,
  { kept, jobs, environments }: LockedProfile,
): string | undefined {
  if (!kept || damaged.size > 0) return undefined
  const found = environmentsOf(Object.keys(jobs).flatMap((key) => stored.get(key) ?? []))
  if (digestOf(found as unknown as Json) === digestOf(environments as unknown as Json)) return undefined
  const words = [found, environments].map((list) => JSON.stringify(list))
  return `the accepted jobs were computed on ${words[0]}, expected ${words[1]} as in the lock`
}

function changedOf(
  stored: AcceptedResults['stored'],
  seals: LockedProfile['seals'],
): AcceptedResults['changed'] {
  return new Map(
    [...stored].flatMap(([key, result]) => {
      const [expected, found] = [seals[key], fileDigest(result)]
      if (expected === undefined || expected === found) return []
      return [[key, `expected the file with the digest ${expected} as in the lock, found ${found}`]]
    }),
  )
}

function readOne(path: string, key: Digest): StoredResult | string {
  if (!existsSync(path)) return 'expected a file, found none'
  const stored = readStored(path, key)
  if (typeof stored === 'string') return stored
  const { job, bytes } = stored.provenance
  if (job && (stored.parts.params !== digestOf(job.params) || stored.parts.seed !== digestOf(job.seed)))
    return 'expected the params and the seed of its key, found others'
  if (bytes !== sizeOf(stored)) return `expected ${sizeOf(stored)} bytes in its provenance, found ${bytes}`
  // Git may have changed line ends, but nothing else.
  if (readFileSync(path, 'utf8').replaceAll('\r\n', '\n') !== serialize(stored))
    return 'expected JSON as it is written, found other white space or members'
  return stored
}
