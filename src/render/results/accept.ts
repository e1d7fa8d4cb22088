import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileOf, keysIn, serialize } from '../cache/result-store.ts'
import { sha256 } from '../model/digest.ts'
import { acceptedKeys, type Lock, type LockedProfile, profileOf, readLock } from '../model/lock.ts'
import type { Paths } from '../model/paths.ts'
import type { StoredResult } from '../model/types.ts'
import { writeAtomic } from '../model/write-atomic.ts'
import type { Used } from './used.ts'

/** What `accept` changed. */
export interface Accepted {
  readonly results: number
  readonly removed: number
  readonly figures: number
}

/**
 * Publishes what a build without errors used: copies its results into `freeze`, writes the lock, copies its figures, and
 * removes what no profile uses any more. It writes the lock between adding and removing, so that every locked result
 * stays in place even if the process is killed.
 *
 * @param figuresToo Whether the committed figures belong to this profile.
 * @param kept Whether to store the results; otherwise only the lock keeps the numbers.
 */
export function accept(
  paths: Paths,
  profile: string,
  used: Used,
  figuresToo: boolean,
  kept = true,
): Accepted {
  const stored = kept ? used.stored : []
  for (const one of stored) writeAtomic(fileOf(paths.freeze, one.key), serialize(one))
  const before = readLock(paths.lock)
  writeAtomic(paths.lock, nextLock(before, profile, used, kept))
  const locks = locksBeside(paths.lock)
  for (const path of locks) updateFileDigests(path, stored)
  const keep = new Set(locks.flatMap((path) => [...acceptedKeys(readLock(path))]))
  const extra = keysIn(paths.freeze).filter((key) => !keep.has(key))
  for (const key of extra) rmSync(fileOf(paths.freeze, key), { force: true })
  const copied = figuresToo && kept
  if (copied) copyFigures(paths, used.locked.figures, profileOf(before, profile)?.figures ?? [])
  return { results: stored.length, removed: extra.length, figures: copied ? used.locked.figures.length : 0 }
}

/** Writes the lock as it is after a profile is accepted. */
export function nextLock(before: Lock, profile: string, used: Used, kept = true): string {
  const { cells, jobs } = used.locked
  const stored = kept ? used.stored : []
  // Profiles that keep the same result share one file.
  const { format, profiles } = withFileDigests(before, stored)
  const seals = fileDigests(stored)
  const measured = kept ? {} : sorted(measuredOf(used.stored))
  const own = { ...used.locked, cells: sorted(cells), jobs: sorted(jobs), seals, measured, kept }
  return write({ format, profiles: sorted({ ...profiles, [profile]: own }) })
}

// A check needs the accepted times beside new results, to find which numbers depend on them.
function measuredOf(stored: readonly StoredResult[]): LockedProfile['measured'] {
  const measuring = stored.filter((one) => one.provenance.job && Object.keys(one.measured).length > 0)
  return Object.fromEntries(
    measuring.map(({ key, measured }) => [
      key,
      structuredClone(measured) as LockedProfile['measured'][string],
    ]),
  )
}

function updateFileDigests(path: string, stored: readonly StoredResult[]): void {
  const lock = readLock(path)
  const next = withFileDigests(lock, stored)
  if (JSON.stringify(next) !== JSON.stringify(lock)) writeAtomic(path, write(next))
}

function write(lock: Lock): string {
  return `${JSON.stringify(lock, null, 1)}\n`
}

// Other reports in the folder store their results in the same place.
function locksBeside(lock: string): string[] {
  const folder = dirname(lock)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.lock.json'))
    .map((name) => join(folder, name))
}

function copyFigures(paths: Paths, ids: readonly string[], earlier: readonly string[]): void {
  const filesOf = (id: string) => [`${id}.svg`, `${id}.vl.json`]
  for (const name of ids.flatMap(filesOf))
    writeAtomic(join(paths.figures, name), readFileSync(join(paths.dist, 'figures', name)))
  const gone = earlier.filter((id) => !ids.includes(id))
  for (const name of gone.flatMap(filesOf)) rmSync(join(paths.figures, name), { force: true })
}

function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * Gives the digest of the file of a stored result: the first 16 digits of its SHA-256. It also covers the time and the
 * machine. The key covers only the dependencies of the result, and the content digest only its content.
 */
export function fileDigest(stored: StoredResult): string {
  return sha256(serialize(stored)).slice(0, 16)
}

/** Gives the digests of the files of results by key, sorted by key. */
function fileDigests(results: readonly StoredResult[]): LockedProfile['seals'] {
  return Object.fromEntries(results.map((one) => [one.key, fileDigest(one)] as const).sort(byKey))
}

/** Gives a lock with the current file digests of these results, in every profile that keeps them. */
function withFileDigests(lock: Lock, results: readonly StoredResult[]): Lock {
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
