import { found, listed } from '../model/found.ts'
import type { Figure, Json } from '../model/types.ts'
import { assertAlt, assertCaption, assertKnown } from './assert-options.ts'
import { titleOf } from './channel.ts'
import { epochsNote, runsChannel, withoutEqualRuns } from './runs-note.ts'
import type { CurveRow, History } from './series.ts'
import { curveRows, epochsOf, metricsOf } from './series.ts'
import { columnWidths, seriesLegend } from './series-legend.ts'
import { MOST_SERIES, SHAPES, seriesStyles } from './series-styles.ts'
import { textRoom, wrapped } from './text-room.ts'
import { COLUMN_WIDTH_PX, DASHES, PALETTE } from './theme.ts'
import { integerTicks, linearTicks, niceDomain } from './ticks.ts'

const SPLIT_TITLES: { readonly [split: string]: string } = {
  train: 'Training',
  validation: 'Validation',
  test: 'Test',
}
const SHARES = /accuracy|precision|recall|^f1$/i
const AXIS_WIDTH_PX = 58
const SPACING_PX = 18
const TICKS = 5
const PADDING_PX = 8
const TITLE_LINE_PX = 12
/** Gaps of the y axis around its labels and title. */
const AXIS_GAPS_PX = 13
const LEGEND_SAMPLE_PX = 50
const LEGEND_SPACING_PX = 10
/** Up to this number, each epoch has a mark, so that splits differ by their marks too. */
export const FEW_EPOCHS = 10
const KNOWN = ['alt', 'caption', 'metrics', 'height'] as const

export interface LearningCurveOptions {
  /** A description for readers who cannot see the figure. Never empty. */
  readonly alt: string
  /** Markdown. */
  readonly caption?: string
  /** The metrics to draw, in order, or metric -> title of its axis; by default all metrics of the history. */
  readonly metrics?: readonly string[] | { readonly [metric: string]: string }
  /** Height of one panel without its axes, in CSS pixels. */
  readonly height?: number
}

/**
 * Draws metrics by epoch: one panel for each metric, one line for each split, distinguished by colour and dash, and a
 * band of one standard deviation if values are Spreads over several seeds. If they are Spreads of different numbers of
 * seeds, because some stopped early, a line below says how many reached which epoch. `history` is
 * `{ train: { loss, accuracy }, validation: { … } }`, each an array with one value for each epoch. Shares, such as an
 * accuracy, are drawn in percent. Throws if there is no epoch, lengths differ or a value is NaN.
 */
export function learningCurve(history: History, options: LearningCurveOptions): Figure {
  assertKnown('learningCurve', options, KNOWN)
  const { alt, caption, metrics, height = 150 } = options ?? {}
  assertAlt(alt)
  assertCaption(caption)
  const epochs = epochsOf(history)
  const wanted = wantedMetrics(history, metrics)
  const columns = Math.min(wanted.length, 2)
  const splits = splitsOf(history)
  const hasPoints = epochs <= FEW_EPOCHS
  const read = withoutEqualRuns(wanted.map(([metric]) => curveRows(history, metric, splitTitle)))
  const drawn = wanted.map(([metric, title], index) => {
    const rows = read[index]!
    return { rows, title: wrapped(title, height), isShare: isShare(metric, rows) }
  })
  const axisPx = Math.max(AXIS_WIDTH_PX, ...drawn.map(axisRoom))
  // The last label of the x axis extends beyond its end.
  const overhangPx = Math.ceil(textRoom(String(epochs)) / 2) + 1
  const width = Math.floor((COLUMN_WIDTH_PX - (columns - 1) * SPACING_PX) / columns) - axisPx - overhangPx
  const panels = drawn.map(({ rows, title, isShare }) =>
    panel(rows, {
      title: title.length === 1 ? title[0]! : title,
      epochs,
      splits,
      width,
      height,
      isShare,
      hasPoints,
    }),
  )
  const body = { columns, spacing: SPACING_PX, concat: panels }
  const note = epochsNote([read.flat()])
  const spec = hasPoints
    ? { ...note, spacing: LEGEND_SPACING_PX, vconcat: [pointLegend(splits), body] }
    : { ...note, ...body, resolve: { scale: { color: 'shared', strokeDash: 'shared' } } }
  return {
    kind: 'figure',
    spec: spec as unknown as Figure['spec'],
    alt,
    ...(caption === undefined ? {} : { caption }),
  }
}

/** Lists the names of a history's splits. Throws if there are more than the chart can distinguish. */
export function splitsOf(history: History): string[] {
  const splits = Object.keys(history).map(splitTitle)
  if (splits.length <= MOST_SERIES) return splits
  throw new Error(`learningCurve: expected at most ${MOST_SERIES} splits, found ${splits.length}`)
}

// Vega's own legend shows only the line of a split or only its point.
function pointLegend(splits: readonly string[]): Json {
  const styles = seriesStyles(splits, false)
  return seriesLegend(splits, {
    title: undefined,
    styles,
    hasPoints: true,
    widthPx: COLUMN_WIDTH_PX - AXIS_WIDTH_PX,
  })
}

/** Lists the metrics to draw, each with the title of its axis. Throws if the history lacks one, or none is left. */
export function wantedMetrics(
  history: History,
  metrics: LearningCurveOptions['metrics'],
): [string, string][] {
  const known = metricsOf(history)
  const wanted: [string, string][] = Array.isArray(metrics ?? known)
    ? ((metrics ?? known) as readonly string[]).map((metric) => [metric, titleOf(metric)])
    : Object.entries(metrics as Record<string, string>)
  const unknown = wanted.find(([metric]) => !known.includes(metric))
  if (unknown !== undefined) {
    throw new Error(`learningCurve: expected metrics among ${listed(known)}, found ${found(unknown[0])}`)
  }
  if (wanted.length === 0) throw new Error('learningCurve: expected at least one metric, found none')
  return wanted
}

interface PanelOptions {
  readonly title: string | readonly string[]
  readonly epochs: number
  readonly splits: readonly string[]
  readonly width: number
  readonly height: number
  readonly isShare: boolean
  readonly hasPoints: boolean
}

function panel(
  rows: readonly CurveRow[],
  { title, epochs, splits, width, height, isShare, hasPoints }: PanelOptions,
): Json {
  // Vega leaves out every other tick beyond its own count, even ticks that are given to it; without `tickMinStep`, it
  // would count only two whole steps from 1 to 3.
  const ticks = integerTicks(epochs)
  const x = {
    field: 'epoch',
    type: 'quantitative',
    title: 'Epoch',
    scale: { domain: epochs === 1 ? [0, 2] : [1, epochs], nice: false, zero: false },
    axis: { values: ticks, tickCount: ticks.length, tickMinStep: 0.5, format: 'd', labelFlush: false },
  }
  const legend = hasPoints
    ? null
    : {
        orient: 'top',
        title: null,
        symbolType: 'stroke',
        symbolSize: 500,
        direction: 'horizontal',
        ...legendColumns(splits),
      }
  const color = {
    field: 'split',
    type: 'nominal',
    scale: { domain: splits, range: cycled(PALETTE, splits) },
    legend,
  }
  const strokeDash = {
    field: 'split',
    type: 'nominal',
    scale: { domain: splits, range: cycled(DASHES, splits) },
    legend,
  }
  const y = {
    field: 'value',
    type: 'quantitative',
    title,
    scale: yScale(rows, isShare),
    axis: yAxis(isShare),
  }
  const band = {
    mark: { type: 'area', opacity: 1, fillOpacity: 0.18, clip: true },
    encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
  }
  const line = {
    mark: { type: 'line', clip: false },
    encoding: { x, y, color, strokeDash, ...runsChannel(rows) },
  }
  // A line of one point has no length; in a line of few points, the reader should see each point.
  const shape = {
    field: 'split',
    type: 'nominal',
    scale: { domain: splits, range: cycled(SHAPES, splits) },
    legend,
  }
  const points = { mark: { type: 'point', size: 22 }, encoding: { x, y, color, shape } }
  const hasBand = rows.some((row) => row.low !== undefined)
  const layer = [...(hasBand ? [band] : []), line, ...(hasPoints ? [points] : [])]
  return { width, height, data: { values: rows }, layer } as unknown as Json
}

// The band may leave the possible range of the metric: an accuracy above 100 %, a loss below 0.
function yScale(rows: readonly CurveRow[], isShare: boolean): Json {
  const isPositive = rows.every(({ value }) => value >= 0)
  const leaves = { below: rows.some(({ low = 0 }) => low < 0), above: rows.some(({ high = 0 }) => high > 1) }
  // A single value gives no range to show.
  const isFlat = new Set(rows.map(({ value }) => value)).size === 1
  if (isShare && isFlat) return { domain: [0, 1] }
  return {
    zero: !isShare && (isPositive || isFlat),
    nice: TICKS,
    ...(isPositive && leaves.below ? { domainMin: 0 } : {}),
    ...(isShare && leaves.above ? { domainMax: 1 } : {}),
  }
}

function yAxis(isShare: boolean): Json {
  const inPercent = { labelExpr: "format(100 * datum.value, '.8~g') + '\u00a0%'" }
  return { tickCount: TICKS, ...(isShare ? inPercent : {}) }
}

// The room that vega's labels need for the axis that it will draw.
function axisRoom({
  rows,
  title,
  isShare,
}: {
  readonly rows: readonly CurveRow[]
  readonly title: readonly string[]
  readonly isShare: boolean
}): number {
  const values = rows.flatMap(({ value, low = value, high = value }) => [value, low, high])
  const [low, high] = [Math.min(...values), Math.max(...values)]
  // A single value gives no range; then the axis goes to zero, or covers the range of a share.
  const isFlat = low === high || (!isShare && high === 0)
  const wide: [number, number] = isShare || low < 0 ? [low, high] : [0, high]
  const flat: [number, number] = isShare || low === 0 ? [0, 1] : [Math.min(0, low), Math.max(0, high)]
  const domain = niceDomain(isFlat ? flat : wide, TICKS)
  const ticks = linearTicks(domain, TICKS)
  const decimals = Math.max(0, Math.ceil(-Math.log10(Math.abs(ticks[1]! - ticks[0]!)) - 1e-9))
  const labels = ticks.map((tick) =>
    isShare
      ? `${Number((100 * tick).toPrecision(8))}\u00a0%`
      : tick.toFixed(decimals).replace(/\B(?=(\d{3})+(?!\d))/g, ','),
  )
  const labelRoom = Math.max(...labels.map((label) => textRoom(label)))
  return Math.ceil(labelRoom) + title.length * TITLE_LINE_PX + AXIS_GAPS_PX + PADDING_PX / 2
}

// Without `columns`, vega puts all splits into one row.
function legendColumns(splits: readonly string[]): { readonly columns?: number } {
  const rooms = splits.map((split) => Math.min(260, textRoom(split)) + LEGEND_SAMPLE_PX)
  const columns = columnWidths(rooms, COLUMN_WIDTH_PX - AXIS_WIDTH_PX).length
  return columns === splits.length ? {} : { columns }
}

/** Checks whether a metric is a share, by its name and its values; shares are drawn in percent. */
export function isShare(metric: string, rows: readonly CurveRow[]): boolean {
  return SHARES.test(metric) && rows.every(({ value }) => value >= 0 && value <= 1)
}

/** Gives the name of a split for the legend: `train` -> `Training`. */
export function splitTitle(split: string): string {
  return SPLIT_TITLES[split] ?? split
}

function cycled<T>(range: readonly T[], names: readonly string[]): T[] {
  return names.map((_, index) => range[index % range.length]!)
}
