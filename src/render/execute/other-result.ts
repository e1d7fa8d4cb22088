import { canonicalJson } from '../digest.ts'
import type { Frozen, Json } from '../types.ts'

/** Two results of one key that should be one. */
export interface Difference {
  readonly now: Frozen
  readonly before: Frozen
  /** File of the earlier one. */
  readonly beforePath: string
  /** File of the new one, which may be the same. */
  readonly nowPath: string
  /** Where they first differ, and what is there; undefined where there is nothing. */
  readonly member: Member
}

export interface Member {
  /** `exports.loss[3]`, `shown[0].rows`. */
  readonly path: string
  readonly before: Json | undefined
  readonly now: Json | undefined
}

/**
 * Finds where a result computed again first differs from an earlier one of its key, in what must reproduce: what it
 * shows and exports. Undefined where they agree, and where they need not: computed from other files, by another
 * engine, on another kind of processor or by another major version of Node.
 */
export function firstDifference(before: Frozen, now: Frozen): Member | undefined {
  if (groundsOf(before) !== groundsOf(now)) return undefined
  const [one, other] = [before, now].map(({ shown, exports }) => ({ shown, exports }) as unknown as Json)
  return differing(one, other, '')
}

function groundsOf({ provenance }: Frozen): string {
  const { node, platform, cpu, engine = '', threads = 0, reads = {} } = provenance
  return canonicalJson([node.split('.')[0]!, platform, cpu, engine, threads, reads])
}

function differing(before: Json | undefined, now: Json | undefined, path: string): Member | undefined {
  if (!isNested(before) || !isNested(now) || Array.isArray(before) !== Array.isArray(now))
    return before === now ? undefined : { path, before, now }
  const names = Object.keys(before)
  const others = Object.keys(now).filter((name) => !Object.hasOwn(before, name))
  for (const name of [...names, ...others]) {
    const inner = Array.isArray(before) ? `${path}[${name}]` : path ? `${path}.${name}` : name
    const [one, other] = [before, now].map((value) =>
      Object.hasOwn(value, name) ? (value as Readonly<Record<string, Json>>)[name] : undefined,
    )
    const found = differing(one, other, inner)
    if (found) return found
  }
  const isInOrder = Object.keys(now).every((name, index) => name === names[index])
  return isInOrder ? undefined : { path: `order of ${path}`, before: names, now: Object.keys(now) }
}

function isNested(value: Json | undefined): value is Exclude<Json, string | number | boolean | null> {
  return typeof value === 'object' && value !== null
}
