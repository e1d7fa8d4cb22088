import { inflateSync, strFromU8 } from 'fflate'

/** Gives a text that was packed for the page. */
export function unpacked(base64: string): string {
  const bytes = Uint8Array.from(atob(base64.trim()), (character) => character.charCodeAt(0))
  return strFromU8(inflateSync(bytes))
}
