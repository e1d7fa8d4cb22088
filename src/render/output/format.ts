import type { Spread } from '../../statistics/spread.ts'
import { isSpread, varies } from '../../statistics/spread.ts'
import { ownFormatter } from '../model/formatter.ts'
import { found } from '../model/found.ts'
import { decimal, grouped, NO_BREAK_SPACE } from './decimal.ts'

const PLUS_MINUS = `${NO_BREAK_SPACE}±${NO_BREAK_SPACE}`

/** Prints a share as `96.3 %`, of a Spread as `96.3 ± 0.4 %`. */
export function percent(x: number | Spread, digits = 1): string {
  return `${printed('percent', x, digits, (value) => decimal(value, digits, 2))}${NO_BREAK_SPACE}%`
}

/** Prints a number with a fixed number of decimals, of a Spread its mean and standard deviation. */
export function fixed(x: number | Spread, digits = 2): string {
  return printed('fixed', x, digits, (value) => decimal(value, digits))
}

/** Prints a whole number with its thousands apart: `12,000`. Rounds what is not whole. */
export function count(x: number | Spread): string {
  return printed('count', x, 0, (value) => grouped(decimal(value, 0)))
}

/** Prints a count with its noun: `1 job`, `12,000 jobs`. */
export function plural(number: number, noun: string, nouns = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : nouns}`
}

/** Prints a duration given in seconds in the unit that suits it: `42.0 ms`, `3.1 s`, `2 min 5 s`, `3 h 12 min`. */
export function seconds(x: number | Spread, digits = 1): string {
  const mean = isSpread(x) ? x.mean : x
  const unit = unitOf(Math.abs(mean))
  if (typeof x === 'number' && unit.parts !== undefined)
    return inParts(assertNumber('seconds', x, digits), unit.parts)
  return (
    printed('seconds', x, digits, (value) => grouped(decimal(value / unit.perValue, digits, unit.shift))) +
    NO_BREAK_SPACE +
    unit.name
  )
}

interface DurationUnit {
  readonly name: string
  readonly perValue: number
  readonly shift: number
  /** Two units that share the duration, the second the smaller. */
  readonly parts?: { readonly large: string; readonly small: string; readonly perSmall: number }
}

function unitOf(duration: number): DurationUnit {
  if (duration === 0 || Number.isNaN(duration)) return { name: 's', perValue: 1, shift: 0 }
  if (duration < 1e-4) return { name: 'µs', perValue: 1, shift: 6 }
  if (duration < 0.1) return { name: 'ms', perValue: 1, shift: 3 }
  if (duration < 120) return { name: 's', perValue: 1, shift: 0 }
  if (duration < 7200)
    return { name: 'min', perValue: 60, shift: 0, parts: { large: 'min', small: 's', perSmall: 1 } }
  return { name: 'h', perValue: 3600, shift: 0, parts: { large: 'h', small: 'min', perSmall: 60 } }
}

function inParts(x: number, parts: NonNullable<DurationUnit['parts']>): string {
  const total = Math.round(Math.abs(x) / parts.perSmall)
  const large = `${x < 0 ? '\u2212' : ''}${grouped(decimal(Math.floor(total / 60), 0))}${NO_BREAK_SPACE}${parts.large}`
  const text =
    total % 60 === 0 ? large : `${large}${NO_BREAK_SPACE}${total % 60}${NO_BREAK_SPACE}${parts.small}`
  return ownFormatter().numbers(text)
}

function printed(name: string, x: unknown, digits: number, print: (value: number) => string): string {
  const { numbers } = ownFormatter()
  if (!isSpread(x)) return numbers(print(assertNumber(name, x, digits)))
  assertDigits(name, digits)
  return numbers(varies(x) ? print(x.mean) + PLUS_MINUS + print(x.std) : print(x.mean))
}

function assertNumber(name: string, x: unknown, digits: number): number {
  assertDigits(name, digits)
  if (typeof x === 'number' && Number.isFinite(x)) return x
  throw new Error(`${name} expected a number or a Spread, found ${found(x)}`)
}

function assertDigits(name: string, digits: unknown): void {
  if (Number.isInteger(digits) && (digits as number) >= 0 && (digits as number) <= 20) return
  throw new Error(`${name} expected digits from 0 to 20, found ${found(digits)}`)
}
