import { isSpread, varies } from '../../../statistics/spread.ts'
import type { Json, Output } from '../../model/types.ts'
import type { Facts } from './gather-facts.ts'

/** Where, and how often, a report shows the variation between runs. */
interface SpreadsShown {
  /** Inline values printed as `mean ± deviation`. */
  readonly values: number
  /** Table entries whose raw value is a Spread of runs that differ. */
  readonly cells: number
  /** Figures that draw an interval. */
  readonly figures: number
  /** All figures. */
  readonly all: number
}

/** Counts where a report shows the variation between runs. */
export function spreadsShown({ cells, values }: Facts): SpreadsShown {
  const outputs = cells.flatMap(({ stored }) => stored.shown)
  const figures = outputs.filter((output) => output.kind === 'figure')
  return {
    values: values.filter((text) => text.includes('\u00a0±\u00a0')).length,
    cells: outputs.reduce((sum, output) => sum + spreadCells(output), 0),
    figures: figures.filter(({ spec }) => hasInterval(spec)).length,
    all: figures.length,
  }
}

function spreadCells(output: Output): number {
  if (output.kind !== 'table') return 0
  const entries = output.rows.flatMap((row) => Object.values(row))
  return entries.filter(({ raw }) => isSpread(raw) && varies(raw)).length
}

const intervals = ['errorbar', 'errorband']

// A mark whose two ends of one channel both come from the data, or a mark made for intervals.
function hasInterval(spec: Json): boolean {
  if (typeof spec !== 'object' || spec === null) return false
  if (Array.isArray(spec)) return spec.some(hasInterval)
  const { mark, encoding, ...others } = spec as { readonly [member: string]: Json }
  const type = typeof mark === 'object' && mark !== null ? (mark as { type?: Json }).type : mark
  if (typeof type === 'string' && intervals.includes(type)) return true
  const channels = Object(encoding) as { readonly [channel: string]: Json }
  const isField = (channel: string) =>
    (channels[channel] as { field?: Json } | undefined)?.field !== undefined
  if (['area', 'rule', 'bar', 'tick'].includes(String(type)) && (isField('y2') || isField('x2'))) return true
  return ['layer', 'hconcat', 'vconcat', 'concat', 'spec'].some((member) =>
    hasInterval(others[member] ?? null),
  )
}
