import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Digest } from './types.ts'

const lockFormat = 3

const shown = z.strictObject({
  /** Of the expression; a profile that was last accepted with format 2 has none. */
  id: z.string().optional(),
  file: z.string(),
  kind: z.enum(['value', 'claim']),
  source: z.string(),
  text: z.string(),
  /** What the expression read: path -> value. */
  read: z.record(z.string(), z.json()),
  /** Each number or Spread that the expression printed, in order, beside its text. */
  printed: z.array(z.strictObject({ raw: z.json(), text: z.string() })),
})

const environment = z.strictObject({ engine: z.string(), cpu: z.string(), node: z.string() })

const profile = z.strictObject({
  /** Label -> key. */
  cells: z.record(z.string(), z.string()),
  /** Key -> what it is, for people. */
  jobs: z.record(z.string(), z.string()),
  figures: z.array(z.string()),
  shown: z.array(shown),
  /** Id of a table or of what a cell shows plainly -> place in it, such as `[2].accuracy` -> raw number or Spread. */
  tables: z.record(z.string(), z.record(z.string(), z.strictObject({ raw: z.json(), text: z.string() }))),
  /** Id of a figure -> digest of its specification. */
  drawings: z.record(z.string(), z.string()),
  /** Source -> declaration -> first 8 digits of the digests of its texts, of all that the results rest on. */
  sources: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** What its jobs were computed on, each once. */
  environments: z.array(environment),
  /** Key of a kept result -> first 16 digits of the SHA-256 of its file. A lock of earlier versions has none. */
  seals: z.record(z.string(), z.string()).default({}),
  /** Key of a job -> what it measured, where the results themselves are not kept. */
  measured: z.record(z.string(), z.record(z.string(), z.json())).default({}),
  /** Whether the results themselves are kept in the freeze folder. */
  kept: z.boolean(),
})

const schema = z.strictObject({ format: z.literal(lockFormat), profiles: z.record(z.string(), profile) })

/** What was last accepted, a profile at a time. */
export type Lock = z.infer<typeof schema>
export type LockedProfile = z.infer<typeof profile>
export type Environment = z.infer<typeof environment>

/** Gives a profile of a lock, by its own name: `constructor` is none that a lock has. */
export function profileOf({ profiles }: Lock, name: string): LockedProfile | undefined {
  return Object.hasOwn(profiles, name) ? profiles[name] : undefined
}

/** Gives the accepted key of a cell: a cell may have a label that every object has, such as `constructor`. */
export function keyOfCell(profile: LockedProfile | undefined, label: string): Digest | undefined {
  return profile && Object.hasOwn(profile.cells, label) ? profile.cells[label] : undefined
}

/** Reads report.lock.json; an absent one, or one of format 1, is empty. Throws an Error that names what is wrong with it. */
export function readLock(path: string, read?: (path: string) => Uint8Array): Lock {
  const none: Lock = { format: lockFormat, profiles: {} }
  if (!existsSync(path)) return none
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode((read ?? readFileSync)(path)))
    // Its results are found by their keys; what it lacks is written when they are accepted again.
    const { format } = Object(json)
    if (format === 1) return none
    return schema.parse(format === 2 ? { ...(json as object), format: lockFormat } : json)
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? lockProblem(cause) : (cause as Error).message
    throw new Error(`Cannot read ${path}, ${reason}. Restore it, or accept again with \`weft accept\``, {
      cause,
    })
  }
}

// A lock of another kind breaks all of its many numbers.
function lockProblem(error: z.ZodError): string {
  const issues = error.issues.slice(0, 2)
  const more = error.issues.length > issues.length ? ` and ${error.issues.length - issues.length} more` : ''
  return `${z.prettifyError({ issues }).split('\n').join(' ')}${more}`
}

/** Every key whose result some profile of a lock keeps. */
export function acceptedKeys(lock: Lock): Set<Digest> {
  const kept = Object.values(lock.profiles).filter((one) => one.kept)
  return new Set(kept.flatMap(({ cells, jobs }) => [...Object.values(cells), ...Object.keys(jobs)]))
}
