import { ownFormatter } from '../model/formatter.ts'

export const FORMATS = ['percent', 'seconds', 'count', 'number'] as const
export type NumberFormat = (typeof FORMATS)[number]

/** The unit of an axis: ticks are even in this unit, and every label ends with its suffix. */
interface Unit {
  readonly size: number
  readonly suffix: string
}

const NO_BREAK_SPACE = '\u00a0'
const ONE: Unit = { size: 1, suffix: '' }

/** Gives the unit of an axis that ends at `most`. */
export function unitOf(format: NumberFormat, most: number, isLog = false): Unit {
  if (format === 'percent') return { size: 0.01, suffix: `${NO_BREAK_SPACE}%` }
  if (format !== 'seconds') return ONE
  if (most < 0.1) return { size: 0.001, suffix: `${NO_BREAK_SPACE}ms` }
  if (most < 120 || isLog) return { size: 1, suffix: `${NO_BREAK_SPACE}s` }
  if (most < 7200) return { size: 60, suffix: `${NO_BREAK_SPACE}min` }
  return { size: 3600, suffix: `${NO_BREAK_SPACE}h` }
}

/**
 * Prints numbers of one axis, given in its unit: all with a power of ten if one of them needs it, else all with as many
 * decimals as the number that needs the most. Zero needs no power.
 */
export function numberLabels(values: readonly number[], { suffix }: Unit): string[] {
  const isPower = values.some(needsPower)
  const decimals = Math.max(0, ...values.map(decimalsOf))
  const { numbers } = ownFormatter()
  return values.map((value) => numbers(isPower ? power(value) : plain(value, decimals)) + suffix)
}

/** Prints each number with as many decimals as it needs, `1,024` or `0.001`. */
export function ownLabels(values: readonly number[], { suffix }: Unit): string[] {
  const { numbers } = ownFormatter()
  return values.map((value) => numbers(plain(value, decimalsOf(value))) + suffix)
}

function plain(value: number, decimals: number): string {
  if (needsPower(value)) return power(value)
  const [whole, part] = Math.abs(value).toFixed(decimals).split('.')
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',')
  return (value < 0 ? '\u2212' : '') + grouped + (part === undefined ? '' : `.${part}`)
}

function needsPower(value: number): boolean {
  const size = Math.abs(value)
  return size !== 0 && (size < 1e-4 || size >= 1e7)
}

function power(value: number): string {
  if (value === 0) return '0'
  return Number(value.toPrecision(6)).toExponential().replace('e+', 'e').replace(/-/g, '\u2212')
}

// Ignore rounding errors of a division in the far decimals.
function decimalsOf(value: number): number {
  const short = Number(value.toPrecision(6))
  for (let decimals = 0; decimals < 10; decimals++)
    if (Math.abs(Number(short.toFixed(decimals)) - short) <= Math.abs(short) * 1e-9) return decimals
  return 10
}
