import { found, listed } from '../model/found.ts'
import type { Figure } from '../model/types.ts'
import { assertAlt, assertCaption, assertKnown } from './assert-options.ts'
import { type AcrossOptions, type Channel, type SettledChannel, settledChannel } from './channel.ts'
import { lineLayout, SPACING_PX } from './line-layout.ts'
import { linePanel } from './line-panel.ts'
import { areNumbers, type LineChannels, type LineRow, lineRows, namesOf } from './line-rows.ts'
import { runsNote, withoutEqualRuns } from './runs-note.ts'
import { seriesLegend } from './series-legend.ts'
import { MOST_SERIES, seriesStyles } from './series-styles.ts'
import { wrapped } from './text-room.ts'

const LEGEND_SPACING_PX = 12
const KNOWN = ['x', 'y', 'series', 'panel', 'ordered', 'alt', 'caption', 'height'] as const

export interface LineChartOptions {
  readonly x: string | AcrossOptions
  readonly y: Channel
  /** One line for each value; at most eight, distinguished by colour, dash and point. */
  readonly series?: Channel
  /** One panel for each value, up to three in a row, with the same axes unless x is `independent`. */
  readonly panel?: Channel
  /** Whether the series are steps of one quantity: drawn from dark to pale, and sorted if they are numbers. */
  readonly ordered?: boolean
  /** A description for readers who cannot see the figure. Never empty. */
  readonly alt: string
  /** Markdown. */
  readonly caption?: string
  /** Height of one panel without its axes, in CSS pixels. */
  readonly height?: number
}

/**
 * Draws fields of rows as lines. A Spread is drawn as its mean, with error bars of one standard deviation if a line
 * has at most twelve points, or with a band if it has more; on the x axis only its mean counts. A row whose y is null
 * leaves a gap. If y is a mean of more runs at some points than at others, a line below says so. Throws if a field is missing, a value cannot be drawn, or there are more than eight series.
 */
export function lineChart(rows: readonly object[], options: LineChartOptions): Figure {
  assertKnown('lineChart', options, KNOWN)
  const { alt, caption, ordered = false, height } = options ?? {}
  assertAlt(alt)
  assertCaption(caption)
  assertHeight(height)
  if (typeof ordered !== 'boolean')
    throw new Error(`lineChart: expected true or false at options.ordered, found ${found(ordered)}`)
  // 1. Read what to draw.
  const channels = channelsOf(options)
  const [points] = withoutEqualRuns([lineRows(rows, channels)]) as [LineRow[]]
  const series = namesOf(rows, channels.series, ordered)
  const panels = namesOf(rows, channels.panel, true)
  if (series.length > MOST_SERIES) {
    const names = listed(series, 4)
    throw new Error(`lineChart: expected at most ${MOST_SERIES} series, found ${series.length}: ${names}`)
  }
  // 2. Lay out the panels.
  const layout = lineLayout(points, channels, { panels, height })
  const styles = seriesStyles(series, ordered)
  const views = panels.map((panel, index) =>
    linePanel(
      points.filter((point) => point.panel === panel),
      {
        ...layout,
        x: layout.xs[index]!,
        styles,
        title: wrapped(titled(panel, rows, channels.panel), layout.width, 11),
      },
    ),
  )
  // 3. One legend above all panels.
  const title = legendTitle(rows, channels.series)
  const legend = seriesLegend(series, { title, styles, hasPoints: layout.hasPoints, widthPx: layout.roomPx })
  const body =
    views.length === 1 ? views[0]! : { columns: layout.columns, spacing: SPACING_PX, concat: views }
  const runs = points.flatMap((point) => point.runs ?? [])
  const note = runs.length === 0 ? {} : runsNote(Math.min(...runs), Math.max(...runs))
  const parts = series.length === 1 ? [body] : [legend, body]
  const isBare = parts.length === 1 && runs.length === 0
  const spec = isBare ? body : { ...note, spacing: LEGEND_SPACING_PX, vconcat: parts }
  return {
    kind: 'figure',
    spec: spec as Figure['spec'],
    alt,
    ...(caption === undefined ? {} : { caption }),
  }
}

function channelsOf({ x, y, series, panel }: LineChartOptions): LineChannels {
  return {
    x: settledChannel(x, 'x'),
    y: settledChannel(y, 'y'),
    ...(series === undefined ? {} : { series: settledChannel(series, 'series') }),
    ...(panel === undefined ? {} : { panel: settledChannel(panel, 'panel') }),
  }
}

function assertHeight(height: unknown): void {
  if (height === undefined || (typeof height === 'number' && height >= 60 && height <= 800)) return
  throw new Error(`lineChart: expected 60 to 800 CSS pixels at options.height, found ${found(height)}`)
}

// A name such as `SGD` explains itself; a number such as `16` does not.
function titled(panel: string, rows: readonly object[], channel: SettledChannel | undefined): string {
  return channel !== undefined && areNumbers(rows, channel) ? `${channel.title} ${panel}` : panel
}

function legendTitle(rows: readonly object[], channel: SettledChannel | undefined): string | undefined {
  if (channel === undefined) return undefined
  return channel.isTitled || areNumbers(rows, channel) ? channel.title : undefined
}
