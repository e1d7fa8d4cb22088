import type { Json } from '../model/types.ts'
import { DASHES, ORDERED_PALETTE, PALETTE } from './theme.ts'

export const SHAPES = [
  'circle',
  'square',
  'triangle-up',
  'diamond',
  'cross',
  'triangle-down',
  'triangle-right',
  'triangle-left',
] as const

/** How each series is drawn: no two are told apart by colour alone. */
export interface SeriesStyles {
  readonly color: Json
  readonly strokeDash: Json
  readonly shape: Json
}

/** As many series as have a colour, a dash and a shape of their own. */
export const MOST_SERIES = SHAPES.length

/** Gives the channels that style series by their names; `isOrdered` takes colours from dark to pale. */
export function seriesStyles(names: readonly string[], isOrdered: boolean): SeriesStyles {
  const channel = (range: readonly Json[]): Json => ({
    field: 'series',
    type: 'nominal',
    scale: { domain: names, range: names.map((_, index) => range[index % range.length]!) },
    legend: null,
  })
  return {
    color: channel(isOrdered ? ramp(names.length) : PALETTE),
    strokeDash: channel(DASHES),
    shape: channel(SHAPES),
  }
}

// The ends of the range are always in it, so that few series are far apart.
function ramp(count: number): string[] {
  const last = ORDERED_PALETTE.length - 1
  return Array.from(
    { length: count },
    (_, index) => ORDERED_PALETTE[Math.round((index * last) / Math.max(1, count - 1))]!,
  )
}
