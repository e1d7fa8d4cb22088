import type { Json } from '../model/types.ts'
import type { LineRow } from './line-rows.ts'
import { axisSpec, type NumberAxis, scaleSpec } from './number-axis.ts'
import { runsChannel } from './runs-note.ts'
import type { SeriesStyles } from './series-styles.ts'

interface LinePanelOptions {
  readonly title: readonly string[]
  readonly width: number
  readonly height: number
  readonly x: NumberAxis
  readonly y: NumberAxis
  readonly xTitle: readonly string[]
  readonly yTitle: readonly string[]
  readonly styles: SeriesStyles
  /** Whether there are so few points that each is shown, with an error bar instead of a band. */
  readonly hasPoints: boolean
  /** Whether the axes cut off a part of the lines. */
  readonly isCut: boolean
}

/** Draws the lines of one panel with the uncertainty below them: bands, bars, lines, points. */
export function linePanel(rows: readonly LineRow[], options: LinePanelOptions): Json {
  const { title, width, height, styles, hasPoints, isCut } = options
  const { color, strokeDash, shape } = styles
  const x = {
    field: 'x',
    type: 'quantitative',
    title: options.xTitle,
    scale: scaleSpec(options.x),
    axis: axisSpec(options.x),
  }
  const y = {
    field: 'y',
    type: 'quantitative',
    title: options.yTitle,
    scale: scaleSpec(options.y),
    axis: axisSpec(options.y),
  }
  const detail = { field: 'segment', type: 'nominal' }
  const spread = { transform: [{ filter: 'isValid(datum.low) && datum.low < datum.high' }] }
  const low = { ...y, field: 'low' }
  const band = {
    ...spread,
    mark: { type: 'area', opacity: 1, fillOpacity: 0.18, clip: true },
    encoding: { x, y: low, y2: { field: 'high' }, color, detail },
  }
  // A bar that leaves the axis ends there, without its cap.
  const [least, most] = options.y.domain
  const bar = {
    ...spread,
    mark: { type: 'rule', strokeWidth: 1, clip: isCut },
    encoding: { x, y: { ...y, field: 'from' }, y2: { field: 'to' }, color, detail },
  }
  const caps = ['from', 'to'].map((field) => ({
    transform: [
      ...spread.transform,
      { filter: `datum.${field} === datum.${field === 'from' ? 'low' : 'high'}` },
    ],
    mark: { type: 'tick', orient: 'horizontal', size: 5, thickness: 1, clip: isCut },
    encoding: { x, y: { ...y, field }, color },
  }))
  const line = {
    mark: { type: 'line', clip: isCut },
    encoding: { x, y, color, strokeDash, detail, ...runsChannel(rows) },
  }
  const point = {
    ...(hasPoints ? {} : { transform: [{ filter: 'datum.isAlone' }] }),
    mark: { type: 'point', size: 30, clip: isCut },
    encoding: { x, y, color, shape },
  }
  const hasSpread = rows.some(({ low: from, high: to }) => from !== undefined && from < to!)
  const uncertain = hasSpread ? (hasPoints ? [bar, ...caps] : [band]) : []
  const shown = hasPoints || rows.some(({ isAlone }) => isAlone) ? [point] : []
  return {
    width,
    height,
    ...(title.length === 0 ? {} : { title: { text: title } }),
    data: {
      values: uncertain.length > 1 ? rows.map((row) => ({ ...row, ...barOf(row, least, most) })) : rows,
    },
    layer: [...uncertain, line, ...shown],
  } as unknown as Json
}

function barOf({ low, high }: LineRow, least: number, most: number): { from?: number; to?: number } {
  return low === undefined ? {} : { from: Math.max(low, least), to: Math.min(high!, most) }
}
