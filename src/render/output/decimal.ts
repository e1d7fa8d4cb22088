/** U+00A0, before every unit. */
export const NO_BREAK_SPACE = '\u00a0'

const MINUS = '\u2212'

/**
 * Prints `x * 10^shift` with a fixed number of decimals, half away from zero.
 * It rounds the decimal that JSON shows for x, not its binary neighbour, so that 0.9635 is 96.4 %.
 */
export function decimal(x: number, digits: number, shift = 0): string {
  const rounded = shifted(Math.round(shifted(Math.abs(x), digits + shift)), -digits)
  const text = rounded.toFixed(digits)
  return x < 0 && Number(text) !== 0 ? `${MINUS}${text}` : text
}

/** Puts a comma between groups of three digits before the point. */
export function grouped(text: string): string {
  const [whole, fraction] = text.split('.') as [string, string?]
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? groups : `${groups}.${fraction}`
}

/** Prints a whole number as a superscript. */
export function superscript(exponent: number): string {
  const digits = String(exponent).replace('-', '')
  return (exponent < 0 ? '\u207b' : '') + Array.from(digits, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')
}

/** The power of ten of the first significant digit; 0 for zero. */
export function exponentOf(x: number): number {
  return x === 0 ? 0 : Number(x.toExponential().split('e')[1])
}

// Shifting the exponent in the text is exact; multiplying by 100 is not.
function shifted(x: number, by: number): number {
  const [mantissa, exponent = '0'] = String(x).split('e') as [string, string?]
  return Number(`${mantissa}e${Number(exponent) + by}`)
}
