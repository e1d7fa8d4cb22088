import type { CurveMetric } from './curve-panels.ts'
import { integerTicks } from './integer-ticks.ts'
import { type NumberAxis, numberAxis } from './number-axis.ts'
import { ownLabels, unitOf } from './number-label.ts'

/** Metric -> where its axis begins and ends. */
export type Domains = { readonly [metric: string]: readonly [number, number] }

/** Lays out the axis that a metric has in all panels of `height` CSS pixels. */
export function metricAxis(
  { name, rows, title, isShare }: CurveMetric,
  height: number,
  domains: Domains = {},
): NumberAxis {
  const all = rows.flat()
  // Too many values to be arguments of one call.
  const least = all.reduce((least, { value, low = value }) => Math.min(least, low), Infinity)
  const most = all.reduce((most, { value, high = value }) => Math.max(most, high), -Infinity)
  const isPositive = all.every(({ value }) => value >= 0)
  // Zero is shown where that costs less than half of the height.
  const isFromZero = !isShare && isPositive && (least === most || least <= most - least)
  const channel = {
    field: 'value',
    title,
    isTitled: true,
    isLog: false,
    format: isShare ? 'percent' : 'number',
    domain: Object.hasOwn(domains, name) ? domains[name] : undefined,
    values: undefined,
    isIndependent: false,
  } as const
  return numberAxis([least, most, ...(isFromZero ? [0, most === 0 ? 1 : 0] : [])], channel, {
    count: Math.max(2, Math.round(height / 30)),
    isNice: true,
    // A deviation may leave what the metric can be: an accuracy above 100 %, a loss below 0.
    limits: [isPositive ? 0 : -Infinity, isShare ? 1 : Infinity],
  })
}

/** Lays out the axis of all epochs up to the last; a single one stands in the middle. */
export function epochAxis(last: number): NumberAxis {
  const ticks = integerTicks(last)
  return {
    isLog: false,
    domain: last === 1 ? [0, 2] : [1, last],
    ticks,
    labels: ownLabels(ticks, unitOf('count', last)),
  }
}
