import { deflateSync, strToU8, zlibSync } from 'fflate'
import { sha256 } from '../model/digest.ts'
import type { BlockCache } from './block-cache.ts'

/** Part of each key: another version may pack otherwise. */
export const version = 'fflate 0.8.3'

/**
 * Packs a text for a page, whose programs unpack it: raw deflate, as base64. By JavaScript alone, so that every
 * version of Node gives the same bytes; that takes long, so a cache keeps what was packed before.
 */
export function packed(text: string, cache?: BlockCache): string {
  return kept('deflate', text, { cache, pack: () => deflateSync(strToU8(text), { level: 9 }) })
}

/** Packs bytes as an image has them, with the head and sum of zlib, in the same way as `packed`. */
export function packedBytes(bytes: Uint8Array, cache?: BlockCache): Buffer {
  return Buffer.from(kept('zlib', bytes, { cache, pack: () => zlibSync(bytes, { level: 6 }) }), 'base64')
}

interface Packing {
  readonly cache: BlockCache | undefined
  pack(): Uint8Array
}

function kept(form: string, content: string | Uint8Array, { cache, pack }: Packing): string {
  const base64 = () => Buffer.from(pack()).toString('base64')
  if (!cache) return base64()
  const key = sha256(`${version} ${form} ${sha256(content)}`)
  const made = cache.get(key) ?? base64()
  cache.set(key, made)
  return made
}
