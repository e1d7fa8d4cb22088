type Domain = readonly [number, number]

const LOG_FACTORS: readonly (readonly number[])[] = [[1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]]

/** Lists the multiples of 1, 2 or 5 times a power of ten within a domain, about `count` of them. */
export function linearTicks([low, high]: Domain, count: number): number[] {
  const step = stepOf([low, high], count)
  const first = Math.ceil(low / step.size - 1e-9)
  const last = Math.floor(high / step.size + 1e-9)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => step.times(first + index))
}

/** Widens a domain to ticks at both ends; if the wider domain has wider steps, widens it again to these. */
export function niceDomain(domain: Domain, count: number): [number, number] {
  const step = stepOf(domain, count)
  const nice: [number, number] = [
    step.times(Math.floor(domain[0] / step.size + 1e-9)),
    step.times(Math.ceil(domain[1] / step.size - 1e-9)),
  ]
  return stepOf(nice, count).size === step.size ? nice : niceDomain(nice, count)
}

/** Lists round multiples of the powers of ten within a domain, at most `most` of them. */
export function logTicks([low, high]: Domain, most: number): number[] {
  for (const factors of LOG_FACTORS) {
    const ticks = powersOf([low, high], 1).flatMap((power) => factors.map((factor) => factor * power))
    const inside = ticks.filter((tick) => tick >= low && tick <= high)
    // A domain within one decade reads better with even steps.
    if (inside.length < 3 && factors === LOG_FACTORS[0]) return linearTicks([low, high], Math.min(most, 4))
    if (inside.length <= most) return inside
  }
  const decades = Math.log10(high / low)
  return powersOf([low, high], Math.ceil(decades / most)).filter((tick) => tick >= low && tick <= high)
}

// `10 ** -5` is not exactly 1e-5 in every engine, but the parsed text is.
function powersOf([low, high]: Domain, every: number): number[] {
  const first = Math.floor(Math.log10(low)) - 1
  const last = Math.ceil(Math.log10(high)) + 1
  const exponents = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  return exponents.filter((exponent) => exponent % every === 0).map((exponent) => Number(`1e${exponent}`))
}

// Below 1, keep the inverse of the step, a whole number, so that a tick is 0.3 and not 0.30000000000000004.
function stepOf([low, high]: Domain, count: number): { size: number; times: (index: number) => number } {
  const raw = (high - low) / Math.max(1, count)
  const power = Math.floor(Math.log10(raw))
  const error = raw / 10 ** power
  const factor = error >= Math.sqrt(50) ? 10 : error >= Math.sqrt(10) ? 5 : error >= Math.sqrt(2) ? 2 : 1
  if (power >= 0) {
    const size = factor * 10 ** power
    return { size, times: (index) => index * size }
  }
  const inverse = Math.round(10 ** -power / factor)
  return { size: 1 / inverse, times: (index) => index / inverse }
}

/** Lists the epochs to mark on an axis from 1 to `last`: 1, then multiples of 1, 2, 5, 10, …, at most six. */
export function integerTicks(last: number): number[] {
  const step = stepFor(last)
  const multiples = Array.from({ length: Math.floor(last / step) }, (_, index) => (index + 1) * step)
  return multiples[0] === 1 ? multiples : [1, ...multiples]
}

function stepFor(last: number): number {
  for (let power = 1; ; power *= 10) {
    const step = [1, 2, 5].map((factor) => factor * power).find((candidate) => last / candidate <= 6)
    if (step !== undefined) return step
  }
}
