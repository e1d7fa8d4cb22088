import type { LineChannels, LineRow } from './line-rows.ts'
import { type NumberAxis, numberAxis, thinned } from './number-axis.ts'
import { textRoom, wrapped } from './text-room.ts'
import { COLUMN_WIDTH_PX } from './theme.ts'

/** Gap between two panels. */
export const SPACING_PX = 18
const PADDING_PX = 2
const TITLE_LINE_PX = 12
/** Gaps of the y axis around its labels and title. */
const AXIS_GAPS_PX = 13
/** Lines with at most this many points have error bars, longer ones a band. */
const FEW_POINTS = 12
/** Keeps the first error bar off the labels at the left, as a share of the axis. */
const POINT_MARGIN = 0.02

interface LineLayout {
  readonly columns: number
  readonly width: number
  readonly height: number
  /** From the first plot's left edge to the last one's right edge. */
  readonly roomPx: number
  /** One axis for each panel. */
  readonly xs: readonly NumberAxis[]
  readonly y: NumberAxis
  readonly xTitle: readonly string[]
  readonly yTitle: readonly string[]
  readonly hasPoints: boolean
  readonly isCut: boolean
}

/**
 * Lays out the panels of a line chart to fill the column without leaving it. They share their axes unless x is
 * independent.
 */
export function lineLayout(
  rows: readonly LineRow[],
  channels: LineChannels,
  {
    panels,
    height = panels.length === 1 ? 200 : 150,
  }: { readonly panels: readonly string[]; readonly height?: number | undefined },
): LineLayout {
  // 1. The y axis comes first, because its labels decide how much room is left for the plot.
  const y = numberAxis(extentOf(rows, channels), channels.y, {
    count: Math.max(2, Math.round(height / 38)),
    isNice: true,
    limits: limitsOf(rows, channels),
  })
  const yTitle = wrapped(channels.y.title, height)
  const axisPx =
    Math.ceil(Math.max(0, ...y.labels.map((label) => textRoom(label)))) +
    yTitle.length * TITLE_LINE_PX +
    AXIS_GAPS_PX
  // 2. The last label of an x axis may extend beyond its right end.
  const hasPoints = mostPoints(rows) <= FEW_POINTS
  const columns = columnsOf(panels.length)
  const cellPx = Math.floor((COLUMN_WIDTH_PX - PADDING_PX - (columns - 1) * SPACING_PX) / columns) - axisPx
  const values = panels.map((panel) => valuesAcross(rows, panel, channels))
  const across = (width: number) =>
    values.map((xs) =>
      numberAxis(xs, channels.x, {
        count: Math.max(2, Math.floor(width / 60)),
        isNice: false,
        margin: hasPoints ? POINT_MARGIN : 0,
      }),
    )
  const labels = across(cellPx).flatMap((axis) => axis.labels)
  const overhang = Math.ceil(Math.max(0, ...labels.map((label) => textRoom(label))) / 2)
  const width = cellPx - overhang
  return {
    columns,
    width,
    height,
    roomPx: columns === 1 ? width : COLUMN_WIDTH_PX - PADDING_PX - axisPx - overhang,
    xs: across(width).map((axis) => thinned(axis, width)),
    y,
    xTitle: wrapped(channels.x.title, width),
    yTitle,
    hasPoints,
    isCut: channels.x.domain !== undefined || channels.y.domain !== undefined,
  }
}

// Rows that are full: three panels in one, five in rows of three and two.
function columnsOf(panels: number): number {
  if (panels <= 3) return panels
  return panels === 4 ? 2 : 3
}

// A panel whose rows are all gaps has no values of its own.
function valuesAcross(rows: readonly LineRow[], panel: string, { x }: LineChannels): number[] {
  const own = rows.filter((row) => x.isIndependent && row.panel === panel)
  return (own.length === 0 ? rows : own).map((row) => row.x)
}

// A logarithmic axis has no zero, so an error bar that reaches below zero ends at the lowest positive value.
function extentOf(rows: readonly LineRow[], { y }: LineChannels): number[] {
  const values = rows.flatMap((row) => [row.y, row.low ?? row.y, row.high ?? row.y])
  if (y.isLog) return values.filter((value) => value > 0)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  // Show zero if that costs less than half of the height.
  const isNearZero = y.format !== 'percent' && rows.every((row) => row.y >= 0) && low <= high - low
  return isNearZero ? [...values, 0] : values
}

// A deviation may leave the possible range of the quantity: an accuracy above 100 %, a loss below 0.
function limitsOf(rows: readonly LineRow[], { y }: LineChannels): [number, number] {
  const isPositive = rows.every((row) => row.y >= 0)
  const isShare = y.format === 'percent' && isPositive && rows.every((row) => row.y <= 1)
  return [isPositive ? 0 : -Infinity, isShare ? 1 : Infinity]
}

function mostPoints(rows: readonly LineRow[]): number {
  const counts = new Map<string, number>()
  for (const { panel, series } of rows) {
    const line = JSON.stringify([panel, series])
    counts.set(line, (counts.get(line) ?? 0) + 1)
  }
  return Math.max(...counts.values())
}
