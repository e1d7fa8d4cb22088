import type { Spread } from '../../statistics/spread.ts'
import { isSpread } from '../../statistics/spread.ts'
import { canonicalJson } from '../model/digest.ts'
import type { Json, Tolerance } from '../model/types.ts'
import type { Basis, Judgement, Shown, ShownCell } from './judgement.ts'

/**
 * Judges a printed value that need not be equal: each number by its rule, and a difference with its interval as one.
 * Digits that no formatter printed are judged by themselves; the words around the numbers must be the same.
 */
export function judgePrinted(accepted: Shown, recomputed: Shown, basis: Basis): Judgement {
  const [before, after] = [restOf(accepted), restOf(recomputed)]
  if (wordsAround(before) !== wordsAround(after)) return { verdict: 'differs', rule: 'the same words' }
  const others = recomputed.printed
  if (accepted.printed.length !== others.length) return { verdict: 'differs', rule: 'as many numbers' }
  const all = judgeRest(before, after, basis)
  for (let index = 0; index < accepted.printed.length; index++) {
    const [old, now] = [intervalAt(accepted, index), intervalAt(recomputed, index)]
    if (old && now) {
      all.push(judgeInterval(old, now, printedUnit(old[0], accepted.printed[index]!.text)))
      index += 2
    } else all.push(judgeNumber(accepted.printed[index]!, others[index]!, basis))
  }
  // A value may print words alone, such as the name of the best.
  return all.length > 0 ? worst(all) : verdictOf(true, 'the same words')
}

/** Gives the judgement for the result of one test. */
export function verdictOf(agrees: boolean, rule: string): Judgement {
  return { verdict: agrees ? 'agrees' : 'differs', rule }
}

type Ends = readonly [mean: number, low: number, high: number]

// A mean with the ends of its interval: `percentPoints` prints them as three numbers.
function intervalAt({ text, printed }: Shown, index: number): Ends | undefined {
  const [mean, low, high] = printed.slice(index, index + 3)
  if (!mean || !low || !high) return undefined
  const isOne = text.includes(`${mean.text} (95\u00a0% CI ${low.text} to\u00a0${high.text})`)
  return isOne ? ([mean.raw, low.raw, high.raw] as unknown as Ends) : undefined
}

// Half of a 95 % interval is about two standard errors, more with few seeds.
function judgeInterval([mean, low, high]: Ends, [other, otherLow, otherHigh]: Ends, unit: number): Judgement {
  const distance = Math.abs(mean - other)
  const bound = Math.max(Math.hypot(high - low, otherHigh - otherLow) / 2, unit / 2)
  return verdictOf(distance <= bound, `the 95 % intervals of both, ${short(distance)} of ${short(bound)}`)
}

/** Gives the worst of some judgements. */
export function worst(all: readonly Judgement[]): Judgement {
  return (
    all.find(({ verdict }) => verdict === 'differs') ??
    all.find(({ verdict }) => verdict === 'agrees') ??
    all[0]!
  )
}

/** Judges a number or a Spread by its kind and its printed form; any other value must be equal. */
export function judgeNumber(accepted: ShownCell, recomputed: ShownCell, basis: Basis): Judgement {
  const [before, after] = [accepted.raw as Json, recomputed.raw as Json]
  if (isSpread(before) && isSpread(after)) return judgeSpread(before, after, accepted.text, basis)
  if (typeof before === 'number' && typeof after === 'number')
    return judgeSingle(before, after, printedUnit(before, accepted.text), basis)
  const isEqual = canonicalJson(before) === canonicalJson(after)
  return { verdict: isEqual ? 'equal' : 'differs', rule: 'exact' }
}

function judgeSpread(before: Spread, after: Spread, text: string, basis: Basis): Judgement {
  if (before.n !== after.n) return { verdict: 'differs', rule: `${before.n} seeds, not ${after.n}` }
  const error = Math.sqrt(before.std ** 2 / before.n + after.std ** 2 / after.n)
  // With one seed, or the same value for all, there is no spread to judge by.
  if (error === 0) return judgeSingle(before.mean, after.mean, printedUnit(before.mean, text), basis)
  const distance = Math.abs(before.mean - after.mean)
  const half = printedUnit(before.mean, text) / 2
  if (half > 2 * error) return judgeSingle(before.mean, after.mean, 2 * half, basis)
  return verdictOf(distance <= 2 * error, `2 standard errors, ${short(distance)} of ${short(2 * error)}`)
}

function judgeSingle(before: number, after: number, unit: number, { tolerance = {} }: Basis): Judgement {
  const distance = Math.abs(before - after)
  const half = unit / 2
  const bounds = { rel: (tolerance.rel ?? 0) * Math.abs(before), abs: tolerance.abs ?? 0 }
  const bound = Math.max(half, bounds.rel, bounds.abs)
  const name = bound === half ? 'half a unit of the last digit' : ruleText(tolerance)
  // Half a unit is not exact in binary; a number on the bound must count as within it.
  return verdictOf(distance <= bound * (1 + 1e-9), `${name}, ${short(distance)} of ${short(bound)}`)
}

// Judges digits that no formatter printed.
function judgeRest(before: string, after: string, basis: Basis): Judgement[] {
  const others = numbersIn(after)
  return numbersIn(before).map((one, index) =>
    judgeSingle(numberOf(one), numberOf(others[index]!), printedUnit(numberOf(one), one), basis),
  )
}

// A text without the numbers that formatters printed into it, in order.
function restOf({ text, printed }: Shown): string {
  let [rest, from] = [text, 0]
  for (const one of printed) {
    const at = rest.indexOf(one.text, from)
    if (at < 0) continue
    rest = `${rest.slice(0, at)}\u0000${rest.slice(at + one.text.length)}`
    from = at + 1
  }
  return rest
}

function ruleText({ rel, abs }: Tolerance): string {
  return [rel === undefined ? '' : `rel=${rel}`, abs === undefined ? '' : `abs=${abs}`]
    .filter(Boolean)
    .join(' ')
}

function short(x: number): string {
  return String(Number(x.toPrecision(3)))
}

/**
 * Gives the value of one unit of a number's last printed digit: 0.001 for 0.9652 printed as `96.5 %`. The text shows
 * the power of ten between both; if one of them is zero, a percent sign or `points` decides. A duration in two units,
 * such as `1 min 5 s`, is rounded to the second unit.
 */
export function printedUnit(raw: number, text: string): number {
  const parts = /^[-\u2212]?[\d,]+\s(h|min)(?:\s\d+\s(?:min|s))?$/.exec(text)
  if (parts) return parts[1] === 'h' ? 60 : 1
  const [token = ''] = numbersIn(text)
  const decimals = token.split('.')[1]?.length ?? 0
  const shown = numberOf(token)
  const isTelling = raw !== 0 && shown !== 0
  const shift = isTelling ? Math.round(Math.log10(Math.abs(shown / raw))) : /%|\bpoints\b/.test(text) ? 2 : 0
  return 10 ** -(decimals + shift)
}

/** Lists the numbers in a text as written: `−1,234.5`. */
export function numbersIn(text: string): string[] {
  return text.match(/[-\u2212]?\d[\d,]*(?:\.\d+)?/g) ?? []
}

/** Parses a number that Weft printed: commas between thousands, a minus sign or a hyphen. */
export function numberOf(token: string): number {
  return Number(token.replaceAll(',', '').replace('\u2212', '-'))
}

/** Gives a text without its numbers, but with powers of ten: this part must stay the same whatever the numbers are. */
export function wordsAround(text: string): string {
  return text.replace(/[-\u2212]?\d[\d,]*(?:\.\d+)?/g, '#')
}
