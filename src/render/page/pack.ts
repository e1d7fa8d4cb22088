import { deflateSync, strToU8 } from 'fflate'

/**
 * Packs a text for a page, whose programs unpack it: raw deflate, as base64. By JavaScript alone, so that every
 * version of Node gives the same bytes.
 */
export function packed(text: string): string {
  return Buffer.from(deflateSync(strToU8(text), { level: 9 })).toString('base64')
}
