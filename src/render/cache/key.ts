import { packageDigest } from '../bundle/packages.ts'
import { digestInOrder, digestOf, sha256 } from '../model/digest.ts'
import type { Bundle, Digest, Json } from '../model/types.ts'

/** Version of what Weft itself puts into results; raise it when old stored results may no longer be used. */
export const formatVersion = '1'

export type Parts = Readonly<Record<string, Digest>>

/** What a bundle is given when it runs: earlier exports and params, or a job's own params and seed. */
interface Given {
  readonly exports?: { readonly [name: string]: Json }
  readonly params?: { readonly [name: string]: Json }
  readonly job?: { readonly params: Json; readonly seed: number }
}

/**
 * Names everything that decides a result, each with its digest: the format, the bundle, each earlier export and
 * param that it names, and each installed package that it imports. Node, machine, engine and threads are left out.
 */
export function partsOf(bundle: Bundle, given: Given): Parts {
  const parts: Record<string, Digest> = { format: formatVersion, bundle: sha256(bundle.code) }
  for (const [name, value] of Object.entries(given.exports ?? {}))
    parts[`export:${name}`] = digestInOrder(value)
  for (const [name, value] of Object.entries(given.params ?? {}))
    parts[`param:${name}`] = digestInOrder(value)
  for (const [name, folder] of Object.entries(bundle.packages))
    parts[`package:${name}`] = packageDigest(folder)
  if (given.job) {
    parts.params = digestOf(given.job.params)
    parts.seed = digestOf(given.job.seed)
  }
  return parts
}

/** Computes the key of a result from its named parts. */
export function keyOf(parts: Parts): Digest {
  return digestOf(parts)
}
