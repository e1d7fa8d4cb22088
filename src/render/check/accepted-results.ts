import { existsSync, readFileSync } from 'node:fs'
import { fileOf, readFrozen, serialize } from '../cache/freezer.ts'
import { sizeOf } from '../cache/provenance.ts'
import { digestOf } from '../model/digest.ts'
import type { LockedProfile } from '../model/lock.ts'
import type { Digest, Frozen, Json } from '../model/types.ts'
import { sealOf } from '../results/seal.ts'
import { environmentsOf } from '../results/used.ts'

/** The accepted results of a profile, and those of them that cannot be used. */
export interface AcceptedResults {
  readonly frozen: ReadonlyMap<Digest, Frozen>
  /** Key -> why. */
  readonly damaged: ReadonlyMap<Digest, string>
  /** Key -> how its file differs from its seal in the lock. Its content may be as it was, and can be read. */
  readonly unsealed: ReadonlyMap<Digest, string>
}

/** Reads and verifies every result that a profile has accepted; none where its results are not kept. */
export function readAccepted(folder: string, { kept, cells, jobs, seals }: LockedProfile): AcceptedResults {
  const frozen = new Map<Digest, Frozen>()
  const damaged = new Map<Digest, string>()
  const keys = kept ? new Set([...Object.values(cells), ...Object.keys(jobs)]) : []
  for (const key of keys) {
    const result = readOne(fileOf(folder, key), key)
    if (typeof result === 'string') damaged.set(key, result)
    else frozen.set(key, result)
  }
  for (const [key, label] of Object.entries(jobs)) {
    const found = frozen.get(key)?.provenance.label
    if (found === undefined || found === label) continue
    damaged.set(key, `expected the job ${label} as in the lock, found ${found}`)
  }
  return { frozen, damaged, unsealed: unsealedOf(frozen, seals) }
}

/** Says in what the accepted jobs were computed elsewhere than the lock says, if they were. */
export function strangeEnvironment(
  { frozen, damaged }: AcceptedResults,
  { kept, jobs, environments }: LockedProfile,
): string | undefined {
  if (!kept || damaged.size > 0) return undefined
  const found = environmentsOf(Object.keys(jobs).flatMap((key) => frozen.get(key) ?? []))
  if (digestOf(found as unknown as Json) === digestOf(environments as unknown as Json)) return undefined
  const words = [found, environments].map((list) => JSON.stringify(list))
  return `the accepted jobs were computed on ${words[0]}, expected ${words[1]} as in the lock`
}

function unsealedOf(
  frozen: AcceptedResults['frozen'],
  seals: LockedProfile['seals'],
): AcceptedResults['unsealed'] {
  return new Map(
    [...frozen].flatMap(([key, result]) => {
      const [expected, found] = [seals[key], sealOf(result)]
      if (expected === undefined || expected === found) return []
      return [[key, `expected the file with the seal ${expected} as in the lock, found ${found}`]]
    }),
  )
}

function readOne(path: string, key: Digest): Frozen | string {
  if (!existsSync(path)) return 'expected a file, found none'
  const frozen = readFrozen(path, key)
  if (typeof frozen === 'string') return frozen
  const { job, bytes } = frozen.provenance
  if (job && (frozen.parts.params !== digestOf(job.params) || frozen.parts.seed !== digestOf(job.seed)))
    return 'expected the params and the seed of its key, found others'
  if (bytes !== sizeOf(frozen)) return `expected ${sizeOf(frozen)} bytes in its provenance, found ${bytes}`
  // Git may have changed the ends of lines, and nothing else.
  if (readFileSync(path, 'utf8').replaceAll('\r\n', '\n') !== serialize(frozen))
    return 'expected JSON as it is written, found other white space or members'
  return frozen
}
