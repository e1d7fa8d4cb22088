import { readFileSync } from 'node:fs'
import { writeAtomic } from './write-atomic.ts'

/** Reads what was cached as JSON; undefined if there is nothing, or nothing that is JSON. */
export function readCached<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T
  } catch {
    return undefined
  }
}

/** Caches something as JSON. Whatever prevents that does no harm: output that cannot be written is reported elsewhere. */
export function writeCached(path: string, value: unknown): void {
  try {
    writeAtomic(path, JSON.stringify(value))
  } catch {}
}
