import { found } from '../model/found.ts'
import type { Figure, Json } from '../model/types.ts'
import { assertAlt, assertCaption, assertKnown } from './assert-options.ts'

import type { SurfacePanel } from './contour-rows.ts'
import { assertContourPanels, contourRows } from './contour-rows.ts'
import { seriesLegend } from './series-legend.ts'
import type { SeriesStyles } from './series-styles.ts'
import { seriesStyles } from './series-styles.ts'
import { COLUMN_WIDTH_PX } from './theme.ts'

const SPACING_PX = 18
const PADDING_PX = 2
/** Room of the y axis: its labels and title. */
const AXIS_PX = 48
const LEGEND_SPACING_PX = 12
const KNOWN = ['alt', 'caption', 'x', 'y', 'every', 'height'] as const

/** The options of `contourPaths`. */
export interface ContourPathsOptions {
  /** A description for readers who cannot see the figure. Never empty. */
  readonly alt: string
  /** Markdown. */
  readonly caption?: string
  /** Titles of the axes. */
  readonly x?: string
  readonly y?: string
  /** A path has a mark at its start, at its end and every `every` points; 10 by default. */
  readonly every?: number
  /** Height of one panel without its axes, in CSS pixels. */
  readonly height?: number
}

/**
 * Draws paths over surfaces, one panel for each surface, two panels in a row. Each panel has lines of equal height,
 * each at a third of the height of the next one above the lowest point, and the paths, distinguished by colour, dash
 * and mark. The panel cuts off whatever lies outside; a cross marks the minimum. Throws unless there are one to four
 * names of paths, and heights on a grid.
 */
export function contourPaths(panels: readonly SurfacePanel[], options: ContourPathsOptions): Figure {
  assertKnown('contourPaths', options, KNOWN)
  const { alt, caption, x = 'x', y = 'y', every = 10, height = 175 } = options ?? {}
  assertAlt(alt)
  assertCaption(caption)
  assertWithin('every', every, [1, 1000], Number.isInteger)
  assertWithin('height', height, [60, 600], Number.isFinite)
  const names = assertContourPanels(panels)
  const columns = Math.min(panels.length, 2)
  const width = Math.floor((COLUMN_WIDTH_PX - PADDING_PX - (columns - 1) * SPACING_PX) / columns) - AXIS_PX
  const styles = seriesStyles(names, false)
  const views = panels.map((panel) => contourPanel(panel, { width, height, styles, every, x, y }))
  const widthPx = COLUMN_WIDTH_PX - PADDING_PX - AXIS_PX
  const legend = seriesLegend(names, { title: undefined, styles, hasPoints: true, widthPx })
  const body = { columns: 2, spacing: SPACING_PX, concat: views }
  const spec = { spacing: LEGEND_SPACING_PX, vconcat: [legend, body] } as unknown as Json
  return {
    kind: 'figure',
    spec: spec as Figure['spec'],
    alt,
    ...(caption === undefined ? {} : { caption }),
  }
}

function assertWithin(
  name: string,
  value: unknown,
  [least, most]: readonly [number, number],
  isValid: (value: unknown) => boolean,
): void {
  if (isValid(value) && (value as number) >= least && (value as number) <= most) return
  throw new Error(`contourPaths: expected ${least} to ${most} at options.${name}, found ${found(value)}`)
}

const CONTOUR = '#b8b8b8'
const INK = '#1a1a1a'

/** How to draw a panel: its size in CSS pixels without axes, its series, and the number of points between two marks. */
interface ContourPanelOptions {
  readonly width: number
  readonly height: number
  readonly styles: SeriesStyles
  readonly every: number
  /** Titles of the axes. */
  readonly x: string
  readonly y: string
}

/** Draws one surface: its lines of equal height, the paths with their marks, the minimum. */
function contourPanel(panel: SurfacePanel, options: ContourPanelOptions): Json {
  const { width, height, every } = options
  const { color, strokeDash, shape } = options.styles
  const axis = { grid: false, tickCount: 5, domain: true, ticks: true }
  const place = (field: 'x' | 'y') => ({
    field,
    type: 'quantitative',
    title: options[field],
    scale: { domain: panel[field], nice: false, zero: false },
    axis,
  })
  const [x, y] = [place('x'), place('y')]
  const rows = panel.paths.flatMap(({ name, points }) =>
    points.map(([x, y], step) => ({
      x,
      y,
      series: name,
      step,
      isMarked: step % every === 0 || step === points.length - 1,
    })),
  )
  const along = { field: 'step', type: 'quantitative' }
  const contours = {
    data: { values: contourRows(panel) },
    mark: { type: 'line', color: CONTOUR, strokeWidth: 0.75, clip: true },
    encoding: {
      x,
      y,
      detail: { field: 'line', type: 'nominal' },
      order: { field: 'place', type: 'quantitative' },
    },
  }
  const lines = {
    mark: { type: 'line', strokeWidth: 1.5, clip: true },
    encoding: { x, y, color, strokeDash, order: along },
  }
  const marks = {
    transform: [{ filter: 'datum.isMarked' }],
    mark: { type: 'point', size: 26, clip: true },
    encoding: { x, y, color, shape },
  }
  const minimum = {
    data: { values: panel.minimum === undefined ? [] : [{ x: panel.minimum[0], y: panel.minimum[1] }] },
    mark: { type: 'point', shape: 'cross', size: 90, color: INK, stroke: '#ffffff', strokeWidth: 1 },
    encoding: { x, y },
  }
  const layer = [contours, lines, marks, ...(panel.minimum === undefined ? [] : [minimum])]
  return { width, height, title: { text: panel.title }, data: { values: rows }, layer } as unknown as Json
}
