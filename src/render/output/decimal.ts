/** U+00A0, before every unit. */
export const NO_BREAK_SPACE = '\u00a0'

const MINUS = '\u2212'

// From this power of ten on, digits before the point say nothing: JavaScript itself writes a power.
const ENORMOUS = 21

/**
 * Prints `x * 10^shift` with a fixed number of decimals, half away from zero; from 1e21 on with a power of ten.
 * It rounds the decimal that JSON shows for x, not its binary neighbour, so that 0.9635 is 96.4 %.
 */
export function decimal(x: number, digits: number, shift = 0): string {
  if (exponentOf(x) + shift >= ENORMOUS) {
    const { mantissa, exponent } = mantissaOf(x, digits, shift)
    return scientific(mantissa, exponent)
  }
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

/** Prints a number with all its digits, as JavaScript does, but its minus sign and power of ten as in a text. */
export function exactDecimal(x: number): string {
  const [digits, exponent] = String(x).split('e') as [string, string?]
  const mantissa = digits.replace('-', MINUS)
  return exponent === undefined ? mantissa : scientific(mantissa, Number(exponent))
}

/** Gives `x * 10^shift` as a mantissa with some decimals and its power of ten; 9.996 with two of them is 1.00 times ten. */
export function mantissaOf(x: number, digits: number, shift = 0): { mantissa: string; exponent: number } {
  const exponent = exponentOf(x)
  const mantissa = decimal(x, digits, -exponent)
  if (!/^\D?10/.test(mantissa)) return { mantissa, exponent: exponent + shift }
  return { mantissa: decimal(x, digits, -exponent - 1), exponent: exponent + 1 + shift }
}

/** Puts a power of ten behind a number: `1.2 × 10⁻⁷`. */
export function scientific(mantissa: string, exponent: number): string {
  return `${mantissa}${NO_BREAK_SPACE}×${NO_BREAK_SPACE}10${superscript(exponent)}`
}

// Prints a whole number as a superscript.
function superscript(exponent: number): string {
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
