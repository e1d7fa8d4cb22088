/** A stream of pseudo-random numbers. Equal seeds give equal streams on every machine. */
export interface Random {
  /** An integer in [0, 2^32). */
  next(): number
  /** A number in [low, high). */
  uniform(low?: number, high?: number): number
  /** An integer in [0, bound). */
  below(bound: number): number
  /** A number from the normal distribution. */
  normal(mean?: number, deviation?: number): number
  /** A shuffled copy (Fisher-Yates, as in Knuth, The Art of Computer Programming 2, algorithm 3.4.2 P). */
  shuffle<T>(list: readonly T[]): T[]
}

/**
 * Opens the stream of a seed: sfc32 by Chris Doty-Humphrey (PractRand 0.95, `sfc.h`), with 128 bits of state, which
 * splitmix32 fills and 15 steps warm up. Not for secrets.
 * @param stream separates independent streams of one seed, e.g. for weights and for shuffling
 * @throws if seed or stream is not a safe integer
 */
export function seededRandom(seed: number, stream = 0): Random {
  const next = sfc32(seed, stream)
  const uniform = (low = 0, high = 1) => low + (high - low) * (next() / 2 ** 32)
  const below = (bound: number) => Math.floor((next() / 2 ** 32) * bound)
  return {
    next,
    uniform,
    below,
    normal: (mean = 0, deviation = 1) => mean + deviation * polar(uniform),
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

/**
 * Fills bytes with 1, or with 0 at a probability of `rate`, to 1 / 65,536. Each takes 16 bits of the integers that
 * `seededRandom(seed, stream).next()` gives, the lower ones first.
 * @throws if seed or stream is not a safe integer
 */
export function fillWithBits(
  bits: Uint8Array,
  rate: number,
  { seed, stream }: { readonly seed: number; readonly stream: number },
): void {
  const threshold = Math.round(rate * 2 ** 16)
  const even = bits.length - (bits.length % 2)
  // The state in local variables, and no branches: masks of Dropout are drawn five times as fast as by `next`.
  let { a, b, c, counter } = openSfc32(seed, stream)
  for (let index = 0; index < bits.length; index += 2) {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    bits[index] = (((sum & 0xffff) - threshold) >>> 31) ^ 1
    if (index < even) bits[index + 1] = (((sum >>> 16) - threshold) >>> 31) ^ 1
  }
}

/** The state of sfc32, in 32-bit integers. */
interface Sfc32 {
  a: number
  b: number
  c: number
  counter: number
}

function sfc32(seed: number, stream: number): () => number {
  const state = openSfc32(seed, stream)
  return () => step(state) >>> 0
}

function openSfc32(seed: number, stream: number): Sfc32 {
  if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(stream)) {
    throw new Error(`Unexpected seed ${seed} of stream ${stream}, expected integers`)
  }
  const fill = splitmix32(seed)
  const a = fill()
  const b = fill() ^ Math.floor(seed / 2 ** 32)
  const c = fill() ^ splitmix32(stream)() ^ Math.floor(stream / 2 ** 32)
  const state = { a, b, c, counter: 1 }
  for (let warmUp = 0; warmUp < 15; warmUp++) step(state)
  return state
}

function step(state: Sfc32): number {
  const { a, b, c, counter } = state
  const sum = (((a + b) | 0) + counter) | 0
  state.counter = (counter + 1) | 0
  state.a = b ^ (b >>> 9)
  state.b = (c + (c << 3)) | 0
  state.c = (((c << 21) | (c >>> 11)) + sum) | 0
  return sum
}

/** Splitmix32: the finaliser of MurmurHash3 over a Weyl sequence. */
function splitmix32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let hash = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    return (hash ^ (hash >>> 16)) | 0
  }
}

/** Marsaglia's polar method. It needs no sine, whose last digit differs between machines. */
function polar(uniform: (low: number, high: number) => number): number {
  for (;;) {
    const x = uniform(-1, 1)
    const y = uniform(-1, 1)
    const square = x * x + y * y
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square)
  }
}
