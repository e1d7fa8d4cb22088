import { createHash } from 'node:crypto'
import type { Digest, Json } from './types.ts'

/** Computes the SHA-256 of bytes, or of a text in UTF-8. */
export function sha256(content: string | Uint8Array): Digest {
  return createHash('sha256').update(content).digest('hex')
}

/** Writes JSON in canonical form: members sorted by code unit, no white space. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const record = value as { readonly [key: string]: Json }
  const members = Object.keys(record)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(record[key]!)}`)
  return `{${members.join(',')}}`
}

/** Computes the digest of a JSON value; the order of members does not matter. */
export function digestOf(value: Json): Digest {
  return sha256(canonicalJson(value))
}

/** Computes the digest of a JSON value, including the order of its members, which code that reads the value can see. */
export function digestInOrder(value: Json): Digest {
  return sha256(JSON.stringify(value))
}
