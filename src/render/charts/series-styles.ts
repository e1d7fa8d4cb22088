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

/** How to draw each series: colour is never the only difference between two series. */
export interface SeriesStyles {
  readonly color: Json
  readonly strokeDash: Json
  readonly shape: Json
}

/** The number of series that can each have a different colour, dash and shape. */
export const MOST_SERIES = SHAPES.length

/** Gives the channels that style series by their names; with `isOrdered`, colours go from dark to pale. */
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

// Always uses both ends of the range, so that a few series differ clearly.
function ramp(count: number): string[] {
  const last = ORDERED_PALETTE.length - 1
  return Array.from(
    { length: count },
    (_, index) => ORDERED_PALETTE[Math.round((index * last) / Math.max(1, count - 1))]!,
  )
}
