import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Digest } from './types.ts'

const shown = z.strictObject({
  file: z.string(),
  kind: z.enum(['value', 'claim']),
  source: z.string(),
  text: z.string(),
  /** What the expression read: path -> value. */
  read: z.record(z.string(), z.json()),
})

const profile = z.strictObject({
  /** Label -> key. */
  cells: z.record(z.string(), z.string()),
  /** Key -> what it is, for people. */
  jobs: z.record(z.string(), z.string()),
  figures: z.array(z.string()),
  shown: z.array(shown),
})

const schema = z.strictObject({ format: z.literal(1), profiles: z.record(z.string(), profile) })

/** What was last accepted, a profile at a time. */
export type Lock = z.infer<typeof schema>
export type LockedProfile = z.infer<typeof profile>

/** Reads report.lock.json; an absent one is empty. Throws an Error that names what is wrong with it. */
export function readLock(path: string): Lock {
  if (!existsSync(path)) return { format: 1, profiles: {} }
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    const reason =
      cause instanceof z.ZodError ? z.prettifyError(cause).split('\n').join(' ') : (cause as Error).message
    throw new Error(`Cannot read ${path}, ${reason}. Restore it, or accept again with \`weft accept\``, {
      cause,
    })
  }
}

/** Every key that any profile of a lock has accepted. */
export function acceptedKeys(lock: Lock): Set<Digest> {
  return new Set(
    Object.values(lock.profiles).flatMap(({ cells, jobs }) => [
      ...Object.values(cells),
      ...Object.keys(jobs),
    ]),
  )
}
