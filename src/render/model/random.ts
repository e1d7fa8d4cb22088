/** A stream of pseudo-random numbers; equal seeds give equal streams on every machine. Not for secrets. */
export interface Random {
  /** A number in [0, 1). */
  uniform(): number
  /** A whole number in [0, bound). */
  below(bound: number): number
  /** A number from the standard normal distribution (Box and Muller, 1958). */
  normal(): number
  /** A shuffled copy (Fisher and Yates). */
  shuffle<T>(list: readonly T[]): T[]
}

/** Opens the stream of a seed: mulberry32 by Tommy Ettinger. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (bound: number) => Math.floor(uniform() * bound)
  return {
    uniform,
    below,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    shuffle<T>(list: readonly T[]): T[] {
      const shuffled = [...list]
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = below(last + 1)
        ;[shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!]
      }
      return shuffled
    },
  }
}
