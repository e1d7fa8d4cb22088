import { type Lock, parseLock } from '../model/lock.ts'

interface OldProfile {
  readonly shown?: readonly object[]
}

/**
 * Reads the text of a lock of any format. One of format 1 names cells, jobs, figures and values: what it lacks is empty.
 * Throws an Error that says what is wrong with it.
 */
export function parseOldLock(text: string, path: string): Lock {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return parseLock(text, path)
  }
  const { format, profiles } = Object(json) as { format?: unknown; profiles?: Record<string, OldProfile> }
  if (format !== 1 || typeof profiles !== 'object' || profiles === null) return parseLock(text, path)
  const upgraded = Object.entries(profiles).map(([name, profile]) => [name, upgrade(profile)])
  return parseLock(JSON.stringify({ format: 3, profiles: Object.fromEntries(upgraded) }), path)
}

function upgrade(profile: OldProfile): object {
  const shown = (profile.shown ?? []).map((one) => ({ read: {}, printed: [], ...one }))
  return { tables: {}, drawings: {}, environments: [], kept: true, ...profile, shown }
}
