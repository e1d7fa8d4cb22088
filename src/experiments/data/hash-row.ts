/** Gives 32 bits for `length` bytes from `start`. Equal bytes give equal numbers; different bytes may, too. */
export type RowHash = (view: DataView, start: number, length: number) => number

/** Hashes a row word by word: multiply and rotate, with the constants of MurmurHash3 by A. Appleby. */
export function hashRow(view: DataView, start: number, length: number): number {
  let hash = length
  const whole = length - (length % 4)
  for (let offset = 0; offset < whole; offset += 4) hash = mix(hash, view.getInt32(start + offset, true))
  for (let offset = whole; offset < length; offset++) hash = mix(hash, view.getUint8(start + offset))
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function mix(hash: number, word: number): number {
  const scrambled = Math.imul(word, 0xcc9e2d51)
  const mixed = hash ^ Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593)
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0
}
