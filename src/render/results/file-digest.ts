import { serialize } from '../cache/result-store.ts'
import { sha256 } from '../model/digest.ts'
import type { Lock, LockedProfile } from '../model/lock.ts'
import type { StoredResult } from '../model/types.ts'

/**
 * Gives the digest of the file of a stored result: the first 16 digits of its SHA-256. It also covers the time and the
 * machine. The key covers only the dependencies of the result, and the content digest only its content.
 */
export function fileDigest(stored: StoredResult): string {
  return sha256(serialize(stored)).slice(0, 16)
}

/** Gives the digests of the files of results by key, sorted by key. */
export function fileDigests(results: readonly StoredResult[]): LockedProfile['seals'] {
  return Object.fromEntries(results.map((one) => [one.key, fileDigest(one)] as const).sort(byKey))
}

/** Gives a lock with the current file digests of these results, in every profile that keeps them. */
export function withFileDigests(lock: Lock, results: readonly StoredResult[]): Lock {
  const now = fileDigests(results)
  const profiles = Object.entries(lock.profiles).map(([name, profile]) => {
    const seals = Object.entries(profile.seals).map(([key, digest]) => [key, now[key] ?? digest])
    return [name, { ...profile, seals: Object.fromEntries(seals) }]
  })
  return { ...lock, profiles: Object.fromEntries(profiles) }
}

function byKey([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1
}
