import type { CurveMetric, ReadPanels } from './curve-panels.ts'
import { type NumberAxis, numberAxis, thinned } from './number-axis.ts'
import { ownLabels, unitOf } from './number-label.ts'
import { textRoom, wrapped } from './text-room.ts'
import { COLUMN_WIDTH_PX } from './theme.ts'
import { integerTicks } from './ticks.ts'

/** Gap between two panels of one configuration. */
export const ROW_GAP_PX = 14
/** Gap between two rows of configurations, besides the labels and titles of the panels. */
export const BLOCK_GAP_PX = 14
/** Font size of the title of a configuration; `TITLE_GAP_PX` is its distance above the plot. */
export const TITLE_SIZE = 11
export const TITLE_LINE_PX = 13
export const TITLE_GAP_PX = 9
const MOST_COLUMNS = 4
const MOST_FIGURE_PX = 800
const [LEAST_PX, MOST_PX] = [44, 130]
const COLUMN_GAP_PX = 14
const LABEL_GAP_PX = 8
const PADDING_PX = 2
const AXIS_TITLE_LINE_PX = 12
/** Gaps of the y axis around its labels and title. */
const AXIS_GAPS_PX = 13
/** Room of the x axis: ticks, labels and the gaps around them. */
const LABELS_PX = 20
const LEGEND_PX = 30

export interface CurvesLayout {
  /** Indices of panels, row by row of configurations. */
  readonly blocks: readonly (readonly number[])[]
  readonly columns: number
  /** Width of one panel. */
  readonly width: number
  readonly height: number
  readonly columnGapPx: number
  /** From the first panel's left edge to the last one's right edge. */
  readonly roomPx: number
  readonly x: NumberAxis
  /** One axis for each metric. */
  readonly y: readonly NumberAxis[]
  readonly yTitles: readonly (readonly string[])[]
  /** Room between a plot and the title of its y axis. */
  readonly labelsPx: number
  /** Lines of the title of each panel. */
  readonly titles: readonly (readonly string[])[]
}

/**
 * Lays out the panels of learning curves to fill the column. Unless `height` is given, the figure also fits a page,
 * with up to five rows of configurations with two metrics each.
 */
export function curvesLayout(
  { titles, epochs, metrics }: ReadPanels,
  {
    columns,
    height: wanted,
    domains,
  }: {
    readonly columns?: number | undefined
    readonly height?: number | undefined
    readonly domains?: Domains
  },
): CurvesLayout {
  // 1. Rows of configurations. Five look better in rows of 3 and 2 than of 4 and 1.
  const rows = Math.ceil(titles.length / Math.min(columns ?? MOST_COLUMNS, titles.length))
  const across = Math.min(columns ?? Math.ceil(titles.length / rows), titles.length)
  const blocks = Array.from({ length: Math.ceil(titles.length / across) }, (_, block) =>
    titles.map((_, index) => index).slice(block * across, (block + 1) * across),
  )
  // 2. The height decides how many labels the y axes have; the labels decide how much width is left.
  const place = (height: number) => placed(height, { across, last: Math.max(...epochs), metrics, domains })
  const fitting = (lines: number) => heightFor({ blocks: blocks.length, metrics: metrics.length, lines })
  const broken = (width: number) => titles.map((title) => wrapped(title, width, TITLE_SIZE))
  const linesOf = (width: number) => {
    const lines = broken(width).map(({ length }) => length)
    return blocks.reduce((sum, block) => sum + Math.max(...block.map((index) => lines[index]!)), 0)
  }
  const height = wanted ?? fitting(linesOf(place(fitting(blocks.length)).width))
  const layout = place(height)
  return { ...layout, blocks, columns: across, height, titles: broken(layout.width) }
}

function placed(
  height: number,
  {
    across,
    last,
    metrics,
    domains,
  }: {
    readonly across: number
    readonly last: number
    readonly metrics: readonly CurveMetric[]
    readonly domains: Domains | undefined
  },
): Pick<CurvesLayout, 'width' | 'columnGapPx' | 'roomPx' | 'x' | 'y' | 'yTitles' | 'labelsPx'> {
  // 1. Only the first column has y axes, at its left.
  const y = metrics.map((metric) => metricAxis(metric, height, domains))
  const yTitles = metrics.map(({ title }) => wrapped(title, height + ROW_GAP_PX))
  const labelsPx = Math.max(0, ...y.flatMap(({ labels }) => labels).map((label) => textRoom(label)))
  const titleLines = Math.max(...yTitles.map((lines) => lines.length))
  const axisPx = Math.ceil(labelsPx) + titleLines * AXIS_TITLE_LINE_PX + AXIS_GAPS_PX
  // 2. The last label of a panel extends beyond its right edge; the first label of its neighbour extends to the left.
  const x = epochAxis(last)
  const standsOut = (at: number) => Math.ceil(textRoom(x.labels.at(at)!) / 2)
  const columnGapPx = Math.max(COLUMN_GAP_PX, standsOut(0) + standsOut(-1) + LABEL_GAP_PX)
  const roomPx = COLUMN_WIDTH_PX - PADDING_PX - axisPx - standsOut(-1)
  const width = Math.floor((roomPx - (across - 1) * columnGapPx) / across)
  return {
    width,
    columnGapPx,
    roomPx: across * width + (across - 1) * columnGapPx,
    x: thinned(x, width),
    y,
    yTitles,
    labelsPx: Math.ceil(labelsPx) + 3,
  }
}

// The panels together use the height of a page, but none is taller than it needs to be.
function heightFor({
  blocks,
  metrics,
  lines,
}: {
  readonly blocks: number
  readonly metrics: number
  readonly lines: number
}): number {
  const between = blocks * (LABELS_PX + TITLE_GAP_PX + BLOCK_GAP_PX + (metrics - 1) * ROW_GAP_PX)
  const left = MOST_FIGURE_PX - LEGEND_PX - AXIS_TITLE_LINE_PX - between - lines * TITLE_LINE_PX
  const most = MOST_PX - 10 * Math.min(3, blocks - 1)
  return Math.max(LEAST_PX, Math.min(most, Math.floor(left / (blocks * metrics))))
}

/** Metric -> start and end of its axis. */
export type Domains = { readonly [metric: string]: readonly [number, number] }

/** Lays out the axis of a metric for all panels of `height` CSS pixels. */
function metricAxis(
  { name, rows, title, isShare }: CurveMetric,
  height: number,
  domains: Domains = {},
): NumberAxis {
  const all = rows.flat()
  // There are too many values to pass as arguments of one call.
  const least = all.reduce((least, { value, low = value }) => Math.min(least, low), Infinity)
  const most = all.reduce((most, { value, high = value }) => Math.max(most, high), -Infinity)
  const isPositive = all.every(({ value }) => value >= 0)
  // Show zero if that costs less than half of the height.
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
    // A deviation may leave the possible range of the metric: an accuracy above 100 %, a loss below 0.
    limits: [isPositive ? 0 : -Infinity, isShare ? 1 : Infinity],
  })
}

/** Lays out the axis of all epochs up to the last; a single epoch is in the middle. */
function epochAxis(last: number): NumberAxis {
  const ticks = integerTicks(last)
  return {
    isLog: false,
    domain: last === 1 ? [0, 2] : [1, last],
    ticks,
    labels: ownLabels(ticks, unitOf('count', last)),
  }
}
