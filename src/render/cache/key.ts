import { codeDigest } from '../bundle/code-digest.ts'
import { packageDigest } from '../bundle/packages.ts'
import { digestInOrder, digestOf, sha256 } from '../model/digest.ts'
import type { Bundle, Digest, Json, StoredResult } from '../model/types.ts'

/** Version of what Weft itself puts into results; raise it when old stored results may no longer be used. */
export const formatVersion = '1'

export type Parts = Readonly<Record<string, Digest>>

/** What a bundle is given when it runs: earlier exports and params, or a job's own params and seed. */
interface Given {
  readonly exports?: { readonly [name: string]: Json }
  readonly params?: { readonly [name: string]: Json }
  /** The language that it writes numbers in, unless that is English or it writes none. */
  readonly lang?: string
  readonly job?: { readonly params: Json; readonly seed: number }
}

/**
 * Names everything that decides a result, each with its digest: the format, the bundle, each earlier export and
 * param that it names, each installed package that it imports, and the language if it is not English. Node, machine, engine and threads are left out.
 */
export function partsOf(bundle: Bundle, given: Given): Parts {
  const own = partsOfBundle(bundle)
  const parts: Record<string, Digest> = { format: formatVersion, bundle: own.bundle }
  for (const [name, value] of Object.entries(given.exports ?? {})) parts[`export:${name}`] = digestOnce(value)
  for (const [name, value] of Object.entries(given.params ?? {}))
    parts[`param:${name}`] = digestInOrder(value)
  if (given.lang !== undefined) parts.language = sha256(given.lang)
  for (const [name, digest] of own.packages) parts[`package:${name}`] = digest
  if (given.job) {
    parts.params = digestOf(given.job.params)
    parts.seed = digestOf(given.job.seed)
  }
  return parts
}

interface OwnParts {
  readonly bundle: Digest
  readonly packages: readonly (readonly [string, Digest])[]
}

// A preview asks for the keys of all cells after each edit. If a package changes, its cells are bundled again.
const ownParts = new WeakMap<Bundle, OwnParts>()

function partsOfBundle(bundle: Bundle): OwnParts {
  const packages = () =>
    Object.entries(bundle.packages).map(([name, folder]) => [name, packageDigest(folder)] as const)
  const own = ownParts.get(bundle) ?? { bundle: codeDigest(bundle), packages: packages() }
  ownParts.set(bundle, own)
  return own
}

// Many cells name the same export, and nothing changes one after it is computed.
const digests = new WeakMap<object, Digest>()

function digestOnce(value: Json): Digest {
  if (typeof value !== 'object' || value === null) return digestInOrder(value)
  const digest = digests.get(value) ?? digestInOrder(value)
  digests.set(value, digest)
  return digest
}

/** Computes the key of a result from its named parts. */
export function keyOf(parts: Parts): Digest {
  return digestOf(parts)
}

/**
 * Says in a few words why a result has to be computed: how its parts differ from those of the last one.
 *
 * @param codeWords says what changed in the code
 * @param changedReads places that the last one or one of its jobs read, and that have changed since
 */
export function reasonToCompute(
  parts: Parts,
  params: { readonly [name: string]: Json },
  previous: StoredResult | undefined,
  codeWords = 'code changed',
  changedReads: readonly string[] = [],
): string {
  if (!previous) return 'new'
  const names = [...new Set([...Object.keys(parts), ...Object.keys(previous.parts)])].sort()
  const changed = names.filter((name) => parts[name] !== previous.parts[name])
  if (changed.length + changedReads.length === 0) return 'asked to'
  const words = [
    ...changed.map((name) => (name === 'bundle' ? codeWords : explain(name, params, previous))),
    ...changedReads.map((place) => `${place} changed`),
  ]
  return words.length > 3 ? `${words.slice(0, 2).join(', ')} and ${words.length - 2} more` : words.join(', ')
}

function explain(part: string, params: { readonly [name: string]: Json }, previous: StoredResult): string {
  const [kind, name] = /^([a-z]+)(?::(.*))?$/.exec(part)!.slice(1)
  if (kind === 'package') return `package ${name} changed`
  if (kind !== 'param' || name === undefined) return `${name ?? kind} changed`
  const [before, after] = [previous.provenance.params?.[name], params[name]].map((value) =>
    JSON.stringify(value),
  )
  const isShort = before !== undefined && after !== undefined && before.length + after.length < 40
  return `params.${name} changed${isShort ? ` ${before} -> ${after}` : ''}`
}
