import { isSpread, type Spread, varies } from '../model/spread.ts'
import { count, fixed, percent, seconds } from '../output/format.ts'
import type { Literal } from './find-literals.ts'
import type { KnownNumber } from './known-numbers.ts'

/** Gives the expression that would print a known number as a literal is written; undefined where none would. */
export function printAs({ path, value }: KnownNumber, literal: Literal): string | undefined {
  // Several seeds are never printed as one number.
  if (isSpread(value) && varies(value) !== (literal.deviation !== undefined)) return undefined
  const mean = isSpread(value) ? value.mean : value
  return waysOf(path, literal).find(
    ({ per, print }) => isNear(mean / per, literal) && isSame(print(value), literal),
  )?.source
}

/** One way to print a number. */
interface Way {
  readonly source: string
  /** How large the number is that is printed as one. */
  readonly per: number
  print(value: number | Spread): string
}

function waysOf(path: string, literal: Literal): Way[] {
  const digits = decimalsIn(literal.number)
  const call = (name: string, usual: number) => `${name}(${path}${digits === usual ? '' : `, ${digits}`})`
  const plain: Way = isWhole(literal)
    ? { source: Number(literal.number) < 1000 ? path : `count(${path})`, per: 1, print: wholeOnly }
    : { source: call('fixed', 2), per: 1, print: (value) => fixed(value, digits) }
  const scaled = (by: string, factor: number): Way => ({
    source: `fixed(${path} ${by}, ${digits})`,
    per: factor,
    print: (value) => fixed(times(value, 1 / factor), digits),
  })
  if (literal.kind === 'percent') {
    const share: Way = { source: call('percent', 1), per: 0.01, print: (value) => percent(value, digits) }
    return /point/.test(literal.unit) ? [scaled('* 100', 0.01), plain] : [share, plain]
  }
  if (literal.kind === 'duration') {
    const time: Way = {
      source: call('seconds', 1),
      per: secondsOf(literal),
      print: (value) => seconds(value, digits),
    }
    return [time, plain]
  }
  const million = /million$/.test(literal.unit) ? [scaled('/ 1e6', 1e6)] : []
  return [...million, plain]
}

// A number with decimals is no count, whatever it rounds to.
function wholeOnly(value: number | Spread): string {
  const mean = isSpread(value) ? value.mean : value
  return Number.isInteger(mean) ? count(value) : ''
}

function isWhole({ number, deviation }: Literal): boolean {
  return /^-?\d+$/.test(number) && deviation === undefined
}

// Printing is slow: most numbers are far off.
function isNear(value: number, { number }: Literal): boolean {
  return Math.abs(value - Number(number)) <= 10 ** -decimalsIn(number)
}

function isSame(printed: string, { number, deviation }: Literal): boolean {
  const text = printed.replace(/[\s,]/g, '').replaceAll('\u2212', '-')
  const wanted = deviation === undefined ? number : `${number}±${deviation}`
  return text === wanted || (text.startsWith(wanted) && /^[^\d.±]+/.test(text.slice(wanted.length)))
}

function secondsOf({ unit }: Literal): number {
  if (/^-?(?:ns|nano)/.test(unit)) return 1e-9
  if (/^-?(?:[µμu]s|micro)/.test(unit)) return 1e-6
  if (/^-?(?:ms|milli)/.test(unit)) return 1e-3
  if (/^-?min/.test(unit)) return 60
  return /^-?h/.test(unit) ? 3600 : 1
}

function times(value: number | Spread, factor: number): number | Spread {
  if (!isSpread(value)) return value * factor
  const { mean, std, n, min, max } = value
  return { mean: mean * factor, std: std * factor, n, min: min * factor, max: max * factor }
}

function decimalsIn(number: string): number {
  return number.split('.')[1]?.length ?? 0
}
