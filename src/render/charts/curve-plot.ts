import type { Json } from '../model/types.ts'
import { TITLE_GAP_PX, TITLE_LINE_PX, TITLE_SIZE } from './curves-layout.ts'
import { axisSpec, type NumberAxis, scaleSpec } from './number-axis.ts'
import { runsChannel } from './runs-note.ts'
import type { CurveRow } from './series.ts'
import type { SeriesStyles } from './series-styles.ts'

/** How to draw the plot of one metric, and which labels it shows; sizes in CSS pixels. */
interface CurvePlotOptions {
  /** Lines of the title; only the top plot of a configuration has one. */
  readonly title: readonly string[]
  readonly width: number
  readonly height: number
  readonly x: NumberAxis
  readonly y: NumberAxis
  readonly xTitle: string | null
  readonly yTitle: readonly string[]
  /** Room between the plot and the title of the y axis, the same for all metrics. */
  readonly labelsPx: number
  /** Whether it shows the labels of the epochs. */
  readonly isLowest: boolean
  /** Whether it shows the labels of the metric. */
  readonly isFirst: boolean
  readonly hasPoints: boolean
  /** Whether lines may leave the axes; they are cut off there. */
  readonly isClipped: boolean
  readonly styles: SeriesStyles
}

/** Draws one metric of one configuration: bands below lines below points. */
export function curvePlot(rows: readonly CurveRow[], options: CurvePlotOptions): Json {
  const { title, width, height, isLowest, isFirst, hasPoints } = options
  const clip = options.isClipped ? { clip: true } : {}
  const { color, strokeDash, shape } = options.styles
  const x = {
    field: 'epoch',
    type: 'quantitative',
    title: isLowest ? options.xTitle : null,
    scale: scaleSpec(options.x),
    axis: { ...(axisSpec(options.x) as object), ...(isLowest ? {} : { labels: false, ticks: false }) },
  }
  const y = {
    field: 'value',
    type: 'quantitative',
    title: isFirst ? options.yTitle : null,
    scale: scaleSpec(options.y),
    axis: {
      ...(axisSpec(options.y) as object),
      ...(isFirst ? { minExtent: options.labelsPx } : { labels: false }),
    },
  }
  const band = {
    mark: { type: 'area', opacity: 1, fillOpacity: 0.18, clip: true },
    encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
  }
  const line = {
    mark: { type: 'line', strokeWidth: 1.5, ...clip },
    encoding: { x, y, color, strokeDash, ...runsChannel(rows) },
  }
  const points = { mark: { type: 'point', size: 18, ...clip }, encoding: { x, y, color, shape } }
  const hasBand = rows.some(({ low }) => low !== undefined)
  return {
    width,
    height,
    data: { values: rows.map(({ split, ...row }) => ({ series: split, ...row })) },
    layer: [...(hasBand ? [band] : []), line, ...(hasPoints ? [points] : []), ...heading(title)],
  } as unknown as Json
}

// Vega would place its own title higher if an axis has a label at its top.
function heading(lines: readonly string[]): object[] {
  if (lines.length === 0) return []
  const y = -TITLE_GAP_PX - (lines.length - 1) * TITLE_LINE_PX
  const place = { x: 0, y, align: 'left', baseline: 'alphabetic' }
  const text = { text: lines, fontSize: TITLE_SIZE, fontWeight: 600, lineHeight: TITLE_LINE_PX }
  return [{ data: { values: [{}] }, mark: { type: 'text', ...place, ...text } }]
}
