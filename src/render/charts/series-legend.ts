import type { Json } from '../model/types.ts'
import type { SeriesStyles } from './series-styles.ts'
import { textRoom, wrapped } from './text-room.ts'

const SAMPLE_PX = 34
const SAMPLE_GAP_PX = 6
const COLUMN_GAP_PX = 16
const LINE_PX = 12
const ROW_GAP_PX = 3

interface SeriesLegendOptions {
  readonly title: string | undefined
  readonly styles: SeriesStyles
  readonly hasPoints: boolean
  readonly widthPx: number
}

/**
 * Draws the legend of a line chart as a separate view, in as many columns as fit: vega's own legend shows only the
 * line or only the point of a series, and leaves the column if names are long.
 */
export function seriesLegend(
  names: readonly string[],
  { title, styles, hasPoints, widthPx }: SeriesLegendOptions,
): Json {
  // 1. Every column is as wide as the longest name in it.
  const titleRoom = title === undefined ? 0 : Math.ceil(textRoom(title)) + COLUMN_GAP_PX
  const isTitleAbove = titleRoom > widthPx / 3
  const left = isTitleAbove ? 0 : titleRoom
  const top = isTitleAbove ? LINE_PX + ROW_GAP_PX : 0
  const labels = names.map((name) => wrapped(name, widthPx - left - SAMPLE_PX - SAMPLE_GAP_PX))
  const rooms = labels.map(
    (lines) => SAMPLE_PX + SAMPLE_GAP_PX + Math.ceil(Math.max(...lines.map((line) => textRoom(line)))),
  )
  const widths = columnWidths(rooms, widthPx - left)
  const starts = widths.map(
    (_, column) => left + widths.slice(0, column).reduce((sum, width) => sum + width, 0),
  )
  // 2. Every row is as tall as the longest wrapped name in it.
  const rowOf = (index: number) => Math.floor(index / widths.length)
  const heights = Array.from(
    { length: rowOf(names.length - 1) + 1 },
    (_, row) =>
      Math.max(...labels.filter((_, index) => rowOf(index) === row).map((lines) => lines.length * LINE_PX)) +
      ROW_GAP_PX,
  )
  const topOf = (row: number) => top + heights.slice(0, row).reduce((sum, height) => sum + height, 0)
  const rows = names.map((series, index) => {
    const x = starts[index % widths.length]!
    const y = topOf(rowOf(index)) + LINE_PX / 2
    return {
      series,
      label: labels[index]!.join('\n'),
      x,
      middle: x + SAMPLE_PX / 2,
      end: x + SAMPLE_PX,
      text: x + SAMPLE_PX + SAMPLE_GAP_PX,
      y,
    }
  })
  return {
    width: Math.max(...rooms.map((room, index) => starts[index % widths.length]! + room)),
    height: topOf(heights.length) - ROW_GAP_PX,
    data: { values: rows },
    layer: legendLayers({ title, styles, hasPoints }),
  } as unknown as Json
}

// A sample shows the line and the point, as in the panels.
function legendLayers({ title, styles, hasPoints }: Omit<SeriesLegendOptions, 'widthPx'>): Json {
  const place = (field: string) => ({ field, type: 'quantitative', scale: null, axis: null })
  const { color, strokeDash, shape } = styles
  const line = {
    mark: { type: 'rule', strokeWidth: 1.75 },
    encoding: { x: place('x'), x2: { field: 'end' }, y: place('y'), color, strokeDash },
  }
  const point = {
    mark: { type: 'point', size: 30 },
    encoding: { x: place('middle'), y: place('y'), color, shape },
  }
  const text = {
    mark: {
      type: 'text',
      align: 'left',
      baseline: 'line-top',
      dy: -LINE_PX / 2,
      lineBreak: '\n',
      lineHeight: LINE_PX,
    },
    encoding: { x: place('text'), y: place('y'), text: { field: 'label', type: 'nominal' } },
  }
  const heading = {
    data: { values: [{ x: 0, y: LINE_PX / 2, label: title ?? '' }] },
    mark: {
      type: 'text',
      align: 'left',
      baseline: 'line-top',
      dy: -LINE_PX / 2,
      lineHeight: LINE_PX,
      fontWeight: 600,
    },
    encoding: { x: place('x'), y: place('y'), text: { field: 'label', type: 'nominal' } },
  }
  const layers = [line, ...(hasPoints ? [point] : []), text, ...(title === undefined ? [] : [heading])]
  return layers as unknown as Json
}

/** Gives the widths of the columns, as many as fit into `widthPx`, when entries fill them row by row. */
export function columnWidths(rooms: readonly number[], widthPx: number): number[] {
  for (let columns = rooms.length; columns > 1; columns--) {
    const widths = Array.from(
      { length: columns },
      (_, column) => Math.max(...rooms.filter((_, index) => index % columns === column)) + COLUMN_GAP_PX,
    )
    if (widths.reduce((sum, width) => sum + width, -COLUMN_GAP_PX) <= widthPx) return balanced(widths, rooms)
  }
  return [Math.max(...rooms) + COLUMN_GAP_PX]
}

// Eight names in rows of 7 and 1 look like a mistake; in rows of 4 and 4, like a list.
function balanced(widths: number[], rooms: readonly number[]): number[] {
  const rows = Math.ceil(rooms.length / widths.length)
  const columns = Math.ceil(rooms.length / rows)
  if (columns === widths.length) return widths
  return Array.from(
    { length: columns },
    (_, column) => Math.max(...rooms.filter((_, index) => index % columns === column)) + COLUMN_GAP_PX,
  )
}
