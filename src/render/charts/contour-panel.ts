import type { Json } from '../model/types.ts'
import type { SurfacePanel } from './contour-rows.ts'
import { contourRows } from './contour-rows.ts'
import type { SeriesStyles } from './series-styles.ts'

const CONTOUR = '#b8b8b8'
const INK = '#1a1a1a'

/** How a panel is drawn: its size in CSS pixels without axes, its series, a mark at every so many points. */
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
export function contourPanel(panel: SurfacePanel, options: ContourPanelOptions): Json {
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
