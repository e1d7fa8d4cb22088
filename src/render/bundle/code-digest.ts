import { sha256 } from '../model/digest.ts'
import type { Bundle, Digest } from '../model/types.ts'

const known = new WeakMap<Bundle, Digest>()

/** Gives the digest of a bundle's code, which decides keys: it is long, and asked for after each edit. */
export function codeDigest(bundle: Bundle): Digest {
  const digest = known.get(bundle) ?? sha256(bundle.code)
  known.set(bundle, digest)
  return digest
}

/** Keeps the digest of a bundle's code that was stored with it. */
export function keepCodeDigest(bundle: Bundle, digest: Digest): void {
  known.set(bundle, digest)
}
