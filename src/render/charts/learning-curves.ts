import { found, listed } from '../model/found.ts'
import type { Figure, Json } from '../model/types.ts'
import { assertAlt, assertCaption, assertKnown } from './assert-options.ts'
import { type CurvePanel, type ReadPanels, readPanels, type WantedMetrics } from './curve-panels.ts'
import { curvePlot } from './curve-plot.ts'
import type { CurvesLayout, Domains } from './curves-layout.ts'
import { BLOCK_GAP_PX, curvesLayout, ROW_GAP_PX } from './curves-layout.ts'
import { FEW_EPOCHS } from './learning-curve.ts'
import { seriesLegend } from './series-legend.ts'
import { type SeriesStyles, seriesStyles } from './series-styles.ts'

const LEGEND_SPACING_PX = 10
const KNOWN = ['alt', 'caption', 'metrics', 'columns', 'height', 'domains'] as const

export interface LearningCurvesOptions {
  /** What a reader who cannot see the figure should know. Never empty. */
  readonly alt: string
  /** Markdown. */
  readonly caption?: string
  /** Which metrics, in which order, or metric -> title of its axis; all of the histories unless given. */
  readonly metrics?: WantedMetrics
  /** Configurations beside each other, 1 to 5; unless given, at most 4, in rows of about equal length. */
  readonly columns?: number
  /** Of one panel without its axes, 40 to 400 CSS pixels; unless given, such that the figure fits a page. */
  readonly height?: number
  /** Metric -> where its axis begins and ends, such as `{ accuracy: [0.8, 1] }`; what lies beyond is cut off. */
  readonly domains?: Domains
}

/**
 * Draws how many configurations learned: each has one panel a metric, one below the other, as `learningCurve` draws
 * them. A metric has the same axis in all panels, and so have the epochs, up to the most that a panel has.
 * Throws, naming the panel, if its history cannot be drawn or has other metrics or splits than the first.
 */
export function learningCurves(panels: readonly CurvePanel[], options: LearningCurvesOptions): Figure {
  assertKnown('learningCurves', options, KNOWN)
  const { alt, caption, metrics, columns, height, domains = {} } = options ?? {}
  assertAlt(alt)
  assertCaption(caption)
  assertWithin('columns', columns, [1, 5], Number.isInteger)
  assertWithin('height', height, [40, 400], Number.isFinite)
  // 1. What is drawn, and where there is room for it.
  const read = readPanels(panels, metrics)
  assertDomains(
    domains,
    read.metrics.map(({ name }) => name),
  )
  const layout = curvesLayout(read, { columns, height, domains })
  const styles = seriesStyles(read.splits, false)
  // 2. Each row of configurations is a grid of its own, for the rows between them need more room.
  const blocks = layout.blocks.map((_, block) => blockSpec(block, { read, layout, styles, domains }))
  // 3. One legend above all panels.
  const legend = seriesLegend(read.splits, {
    title: undefined,
    styles,
    hasPoints: read.epochs.some((epochs) => hasPointsIn(read, epochs)),
    widthPx: layout.roomPx,
  })
  const body = { spacing: BLOCK_GAP_PX, vconcat: blocks }
  const spec = { spacing: LEGEND_SPACING_PX, vconcat: [legend, body] }
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

// Panels are placed by their plots alone, so that those of a column are as wide whatever labels they have.
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
