import { isSpread, type Spread, varies } from '../../statistics/spread.ts'
import { count, fixed, percent, seconds } from '../output/format.ts'
import type { Literal } from './find-literals.ts'
import type { KnownNumber } from './known-numbers.ts'

/** The place of a literal. */
interface LiteralPlace {
  readonly file: string
  readonly line: number
  /** The words around it. */
  readonly sentence: string
}

/**
 * Suggests the expressions that an author probably means by a literal: the best one, or two that are equally likely.
 * They would print the same text; a name that occurs in the sentence counts most, then the distance of the cell.
 */
export function suggestValues(
  literal: Literal,
  known: readonly KnownNumber[],
  { file, line, sentence }: LiteralPlace,
): string[] {
  const words = new Set(singularWords(sentence))
  const candidates = known.flatMap((number) => {
    const source = printAs(number, literal)
    return source === undefined ? [] : [{ source, ...rankOf(number) }]
  })
  // Short numbers such as 3 are common: without a shared word, none of them is meant.
  const likely = isTelling(literal) ? candidates : candidates.filter(({ shared }) => shared > 0)
  const ranked = likely.sort(
    (a, b) =>
      b.shared - a.shared || a.rest - b.rest || a.distance - b.distance || (a.source < b.source ? -1 : 1),
  )
  const [best] = ranked
  return [
    ...new Set(
      ranked
        .filter((one) => one.shared === best!.shared && one.rest === best!.rest)
        .map(({ source }) => source),
    ),
  ].slice(0, 2)

  function rankOf({ path, owner, isLength }: KnownNumber) {
    const named = [...new Set(singularWords(path))].filter((word) => !general.includes(word))
    const shared = named.filter((word) => words.has(word)).length
    return {
      // `3 seeds` means their count, not the third seed.
      shared: shared + (isLength && shared > 0 ? (literal.kind === 'count' ? 0.5 : -0.5) : 0),
      rest: named.length - shared,
      distance: owner === undefined ? 1e6 : owner.file === file ? Math.abs(owner.line - line) : 1e7,
    }
  }
}

const general = ['length', 'param', 'mean', 'min', 'max', 'result', 'score']

function isTelling({ number }: Literal): boolean {
  return number.replace(/^-?0?\.?0*|[^\d]/g, '').length > 2
}

// `letterSeeds` -> letter, seed.
function singularWords(text: string): string[] {
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => /\p{L}{2}/u.test(word))
    .map((word) => word.replace(/s$/, ''))
}

/** Gives the expression that would print a known number like the literal; undefined if none would. */
function printAs({ path, value }: KnownNumber, literal: Literal): string | undefined {
  // A result of several seeds is never printed as one number.
  if (isSpread(value) && varies(value) !== (literal.deviation !== undefined)) return undefined
  const mean = isSpread(value) ? value.mean : value
  return waysOf(path, literal).find(
    ({ per, print }) => isNear(mean / per, literal) && isSame(print(value), literal),
  )?.source
}

/** One way to print a number. */
interface Way {
  readonly source: string
  /** The size of the number that is printed as one. */
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

// A number with decimals is not a count, whatever it rounds to.
function wholeOnly(value: number | Spread): string {
  const mean = isSpread(value) ? value.mean : value
  return Number.isInteger(mean) ? count(value) : ''
}

function isWhole({ number, deviation }: Literal): boolean {
  return /^-?\d+$/.test(number) && deviation === undefined
}

// Printing is slow, so rule out the many numbers that are far off.
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
