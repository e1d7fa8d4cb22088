import { found, listed } from '../model/found.ts'
import type { Figure, Json } from '../model/types.ts'
import { assertAlt, assertCaption, assertKnown } from './assert-options.ts'
import { type CurvePanel, type ReadPanels, readPanels, type WantedMetrics } from './curve-panels.ts'
import { curvePlot } from './curve-plot.ts'
import type { CurvesLayout, Domains } from './curves-layout.ts'
import { BLOCK_GAP_PX, curvesLayout, ROW_GAP_PX } from './curves-layout.ts'
import { FEW_EPOCHS } from './learning-curve.ts'
import { epochsNote } from './runs-note.ts'
import { seriesLegend } from './series-legend.ts'
import { type SeriesStyles, seriesStyles } from './series-styles.ts'

const LEGEND_SPACING_PX = 10
const KNOWN = ['alt', 'caption', 'metrics', 'columns', 'height', 'domains'] as const

export interface LearningCurvesOptions {
  /** A description for readers who cannot see the figure. Never empty. */
  readonly alt: string
  /** Markdown. */
  readonly caption?: string
  /** The metrics to draw, in order, or metric -> title of its axis; by default all metrics of the histories. */
  readonly metrics?: WantedMetrics
  /** Configurations side by side, 1 to 5; by default at most 4, in rows of about equal length. */
  readonly columns?: number
  /** Height of one panel without its axes, 40 to 400 CSS pixels; by default such that the figure fits a page. */
  readonly height?: number
  /** Metric -> start and end of its axis, such as `{ accuracy: [0.8, 1] }`; the chart cuts off whatever lies beyond. */
  readonly domains?: Domains
}

/**
 * Draws the learning curves of many configurations: each has one panel for each metric, one below the other, drawn as
 * by `learningCurve`. A metric has the same axis in all panels; so do the epochs, up to the largest number in any
 * panel. Throws an error that names the panel if its history cannot be drawn, or if it has other metrics or splits
 * than the first.
 */
export function learningCurves(panels: readonly CurvePanel[], options: LearningCurvesOptions): Figure {
  assertKnown('learningCurves', options, KNOWN)
  const { alt, caption, metrics, columns, height, domains = {} } = options ?? {}
  assertAlt(alt)
  assertCaption(caption)
  assertWithin('columns', columns, [1, 5], Number.isInteger)
  assertWithin('height', height, [40, 400], Number.isFinite)
  // 1. Read what to draw, and lay it out.
  const read = readPanels(panels, metrics)
  assertDomains(
    domains,
    read.metrics.map(({ name }) => name),
  )
  const layout = curvesLayout(read, { columns, height, domains })
  const styles = seriesStyles(read.splits, false)
  // 2. Each row of configurations is a separate grid, because the gaps between them are larger.
  const blocks = layout.blocks.map((_, block) => blockSpec(block, { read, layout, styles, domains }))
  // 3. One legend above all panels.
  const legend = seriesLegend(read.splits, {
    title: undefined,
    styles,
    hasPoints: read.epochs.some((epochs) => hasPointsIn(read, epochs)),
    widthPx: layout.roomPx,
  })
  const body = { spacing: BLOCK_GAP_PX, vconcat: blocks }
  const note = epochsNote(read.titles.map((_, panel) => read.metrics.flatMap(({ rows }) => rows[panel]!)))
  const spec = { ...note, spacing: LEGEND_SPACING_PX, vconcat: [legend, body] }
  return {
    kind: 'figure',
    spec: spec as unknown as Figure['spec'],
    alt,
    ...(caption === undefined ? {} : { caption }),
  }
}

interface Drawing {
  readonly read: ReadPanels
  readonly layout: CurvesLayout
  readonly styles: SeriesStyles
  readonly domains: Domains
}

// Place panels by their plots alone, so that panels of a column have equal widths whatever their labels.
function blockSpec(block: number, { read, layout, styles, domains }: Drawing): Json {
  const members = layout.blocks[block]!
  const below = layout.blocks[block + 1]?.length ?? 0
  const plots = read.metrics.flatMap(({ name, rows }, metric) =>
    members.map((panel, column) =>
      curvePlot(rows[panel]!, {
        title: metric === 0 ? layout.titles[panel]! : [],
        width: layout.width,
        height: layout.height,
        x: layout.x,
        y: layout.y[metric]!,
        xTitle: column >= below ? 'Epoch' : null,
        yTitle: layout.yTitles[metric]!,
        labelsPx: layout.labelsPx,
        isLowest: metric === read.metrics.length - 1,
        isFirst: column === 0,
        isClipped: Object.hasOwn(domains, name),
        hasPoints: hasPointsIn(read, read.epochs[panel]!),
        styles,
      }),
    ),
  )
  return {
    columns: members.length,
    bounds: 'flush',
    align: 'none',
    spacing: { row: ROW_GAP_PX, column: layout.columnGapPx },
    concat: plots,
  }
}

// A line of one epoch has no length.
function hasPointsIn({ epochs }: ReadPanels, ofPanel: number): boolean {
  return Math.max(...epochs) <= FEW_EPOCHS || ofPanel === 1
}

function assertDomains(domains: Domains, metrics: readonly string[]): void {
  for (const [metric, domain] of Object.entries(domains)) {
    if (!metrics.includes(metric)) {
      throw new Error(
        `learningCurves: expected metrics among ${listed(metrics)} at options.domains, found ${metric}`,
      )
    }
    const isDomain =
      Array.isArray(domain) &&
      domain.length === 2 &&
      domain.every((end) => Number.isFinite(end)) &&
      domain[0] < domain[1]
    if (!isDomain) {
      throw new Error(
        `learningCurves: expected two rising numbers at options.domains.${metric}, found ${found(domain)}`,
      )
    }
  }
}

function assertWithin(
  name: string,
  value: number | undefined,
  [least, most]: readonly [number, number],
  isValid: (value: number) => boolean,
): void {
  if (value === undefined || (isValid(value) && value >= least && value <= most)) return
  throw new Error(`learningCurves: expected ${least} to ${most} at options.${name}, found ${found(value)}`)
}
