import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Digest } from './types.ts'

const lockFormat = 3

const shown = z.strictObject({
  /** Id of the expression; absent in a profile last accepted with format 2. */
  id: z.string().optional(),
  file: z.string(),
  kind: z.enum(['value', 'claim']),
  source: z.string(),
  text: z.string(),
  /** Values that the expression read: path -> value. */
  read: z.record(z.string(), z.json()),
  /** Each number or Spread that the expression printed, in order, with its text. */
  printed: z.array(z.strictObject({ raw: z.json(), text: z.string() })),
})

const environment = z.strictObject({ engine: z.string(), cpu: z.string(), node: z.string() })

const profile = z.strictObject({
  /** Label -> key. */
  cells: z.record(z.string(), z.string()),
  /** Key -> description, for people. */
  jobs: z.record(z.string(), z.string()),
  figures: z.array(z.string()),
  shown: z.array(shown),
  /** Id of a table or of a cell's plain output -> place in it, such as `[2].accuracy` -> raw number or Spread. */
  tables: z.record(z.string(), z.record(z.string(), z.strictObject({ raw: z.json(), text: z.string() }))),
  /** Id of a figure -> digest of its specification. */
  drawings: z.record(z.string(), z.string()),
  /**
   * Source -> declaration -> first 8 digits of the digests of its texts, for all sources that the results depend on.
   */
  sources: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** Environments that computed its jobs, each once. */
  environments: z.array(environment),
  /** Key of a stored result -> first 16 digits of the SHA-256 of its file. Older locks have none. */
  seals: z.record(z.string(), z.string()).default({}),
  /** Key of a job -> what it measured, if the freeze folder does not hold the results. */
  measured: z.record(z.string(), z.record(z.string(), z.json())).default({}),
  /** Whether the freeze folder holds the results. */
  kept: z.boolean(),
})

const schema = z.strictObject({ format: z.literal(lockFormat), profiles: z.record(z.string(), profile) })

/** The last accepted state, by profile. */
export type Lock = z.infer<typeof schema>
export type LockedProfile = z.infer<typeof profile>
export type Environment = z.infer<typeof environment>

/** Gives a profile of a lock. Checks own members only: a lock has no profile `constructor`. */
export function profileOf({ profiles }: Lock, name: string): LockedProfile | undefined {
  return Object.hasOwn(profiles, name) ? profiles[name] : undefined
}

/**
 * Gives the accepted key of a cell. Checks own members only: a label may equal a member of every object, such as
 * `constructor`.
 */
export function keyOfCell(profile: LockedProfile | undefined, label: string): Digest | undefined {
  return profile && Object.hasOwn(profile.cells, label) ? profile.cells[label] : undefined
}

/**
 * Reads report.lock.json; an absent lock, or one of format 1, is empty. Throws an Error that says what is wrong with
 * it.
 */
export function readLock(path: string, read?: (path: string) => Uint8Array): Lock {
  const none: Lock = { format: lockFormat, profiles: {} }
  if (!existsSync(path)) return none
  const text = textOf(path, read ?? readFileSync)
  return isFirstFormat(text) ? none : parseLock(text, path)
}

function textOf(path: string, read: (path: string) => Uint8Array): string {
  try {
    return new TextDecoder().decode(read(path))
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

// The keys still find the results of an older lock; the next accept writes what the lock lacks.
function isFirstFormat(text: string): boolean {
  try {
    return Object(JSON.parse(text)).format === 1
  } catch {
    return false
  }
}

/** Reads the text of a lock. Throws an Error that says what is wrong with it, and names it by its path. */
export function parseLock(text: string, path: string): Lock {
  try {
    const json: unknown = JSON.parse(text)
    return schema.parse(Object(json).format === 2 ? { ...(json as object), format: lockFormat } : json)
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

function unreadable(path: string, cause: unknown): Error {
  const reason = cause instanceof z.ZodError ? lockProblem(cause) : (cause as Error).message
  return new Error(
    `Cannot read ${path}, ${reason}. Restore it, or remove it and accept each profile again with \`weft accept\``,
    {
      cause,
    },
  )
}

// A file of another kind causes a long list of issues.
function lockProblem(error: z.ZodError): string {
  const issues = error.issues.slice(0, 2)
  const more = error.issues.length > issues.length ? ` and ${error.issues.length - issues.length} more` : ''
  return `${z.prettifyError({ issues }).split('\n').join(' ')}${more}`
}

/** Gives every key whose result is stored by some profile of the lock. */
export function acceptedKeys(lock: Lock): Set<Digest> {
  const kept = Object.values(lock.profiles).filter((one) => one.kept)
  return new Set(kept.flatMap(({ cells, jobs }) => [...Object.values(cells), ...Object.keys(jobs)]))
}

type Accepted = LockedProfile['shown'][number]
type Named = Pick<Accepted, 'id' | 'file' | 'kind' | 'source'>

/**
 * Matches values and claims with the accepted ones: by id, else by file, kind and source, in order. The second way
 * finds those in a renamed section or cell, and all those of a profile accepted before locks held ids.
 */
export function matchAccepted<Some extends Named>(
  here: readonly Some[],
  accepted: readonly Accepted[],
): ReadonlyMap<Some, Accepted> {
  const found = new Map<Some, Accepted>()
  for (const keyOf of [withId, withoutId]) {
    const taken = new Set(found.values())
    const left = new Map<string, Accepted[]>()
    for (const one of accepted.filter((each) => !taken.has(each))) {
      const alike = left.get(keyOf(one))
      if (alike) alike.push(one)
      else left.set(keyOf(one), [one])
    }
    for (const one of here.filter((each) => !found.has(each))) {
      const next = left.get(keyOf(one))?.shift()
      if (next) found.set(one, next)
    }
  }
  return found
}

// The key includes more than the id: in an edited lock, an id may belong to another expression.
function withId({ id, ...rest }: Named): string {
  return `${id} ${withoutId(rest)}`
}

function withoutId({ file, kind, source }: Omit<Named, 'id'>): string {
  return JSON.stringify([file, kind, source])
}
