/**
 * Gives a short name of a text that no other one of a page has but by chance: its length and two hashes of 32 bits, FNV-1a
 * (offset 2166136261, prime 16777619) and a polynomial in Knuth's multiplier 2654435761. In the page nothing else gives a
 * digest at once.
 */
export function textDigest(text: string): string {
  let first = 2166136261
  let second = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    first = Math.imul(first ^ code, 16777619)
    second = Math.imul(second, 2654435761) + code
  }
  return [text.length, first >>> 0, second >>> 0].map((part) => part.toString(36)).join('-')
}
