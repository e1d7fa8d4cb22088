import { serialize } from '../cache/result-store.ts'
import { sha256 } from '../model/digest.ts'
import type { Lock, LockedProfile } from '../model/lock.ts'
import type { StoredResult } from '../model/types.ts'

/**
 * Gives the digest of the file of a stored result: the first 16 digits of its SHA-256, when and on what it was computed
 * among it. Its key and its content digest hold only what it rests on and came to.
 */
export function fileDigest(stored: StoredResult): string {
  return sha256(serialize(stored)).slice(0, 16)
}

/** Gives the digests of the files of results by their keys, in the order of these. */
export function fileDigests(results: readonly StoredResult[]): LockedProfile['seals'] {
  return Object.fromEntries(results.map((one) => [one.key, fileDigest(one)] as const).sort(byKey))
}

/** Gives a lock in which every profile that keeps some of the results has the digests of their files as they are now. */
export function withFileDigests(lock: Lock, results: readonly StoredResult[]): Lock {
  const now = fileDigests(results)
  const profiles = Object.entries(lock.profiles).map(([name, profile]) => {
    const seals = Object.entries(profile.seals).map(([key, seal]) => [key, now[key] ?? seal])
    return [name, { ...profile, seals: Object.fromEntries(seals) }]
  })
  return { ...lock, profiles: Object.fromEntries(profiles) }
}

function byKey([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1
}
