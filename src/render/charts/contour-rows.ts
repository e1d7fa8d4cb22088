import { found, listed } from '../model/found.ts'
import { contourLines } from './contour-lines.ts'

/** A path over a surface. */
export interface SurfacePath {
  readonly name: string
  /** [x, y], from the start of the path. */
  readonly points: readonly (readonly [number, number])[]
}

/** A surface with paths over it. */
export interface SurfacePanel {
  readonly title: string
  /** The part of the plane to show. */
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
  /** `[rows][columns]`, spaced evenly over that part including both ends, rows from the lowest y up. */
  readonly heights: readonly (readonly number[])[]
  readonly minimum?: readonly [number, number]
  readonly paths: readonly SurfacePath[]
}

/** The number of marks that differ from the minimum's cross. */
const MOST_PATHS = 4
const LEVELS = 6
const RATIO = 3

/** One point of a line of equal height. */
interface ContourRow {
  readonly x: number
  readonly y: number
  readonly line: number
  readonly place: number
}

/** Gives the lines of equal height of a panel: from the highest point down, each a third of the one above it. */
export function contourRows({ heights, x, y }: Pick<SurfacePanel, 'heights' | 'x' | 'y'>): ContourRow[] {
  const all = heights.flat()
  const low = Math.min(...all)
  const most = Math.max(...all) - low
  // Near a minimum, heights grow with the square of the distance, so their square roots grow evenly.
  const roots = heights.map((row) => row.map((height) => Math.sqrt(height - low)))
  const at = ([from, to]: readonly [number, number], share: number) => rounded(from + (to - from) * share)
  const lines = Array.from({ length: LEVELS }, (_, index) => most / RATIO ** (index + 1)).flatMap((level) =>
    contourLines(roots, Math.sqrt(level)),
  )
  return lines.flatMap((points, line) =>
    points.map(([column, row], place) => ({
      x: at(x, column / (heights[0]!.length - 1)),
      y: at(y, row / (heights.length - 1)),
      line,
      place,
    })),
  )
}

/** Throws unless panels contain grids and paths; returns the names of the paths in order of appearance. */
export function assertContourPanels(panels: unknown): string[] {
  if (!Array.isArray(panels) || panels.length === 0)
    throw new Error(`contourPaths: expected at least one panel, found ${found(panels)}`)
  const names = new Set<string>()
  for (const [index, panel] of (panels as SurfacePanel[]).entries()) {
    const at = `panels[${index}]`
    assertText(panel?.title, `${at}.title`)
    assertRange(panel.x, `${at}.x`)
    assertRange(panel.y, `${at}.y`)
    assertGrid(panel.heights, `${at}.heights`)
    if (!Array.isArray(panel.paths)) throw wrong('an array', `${at}.paths`, panel.paths)
    for (const [place, { name, points }] of panel.paths.entries()) {
      assertText(name, `${at}.paths[${place}].name`)
      assertPoints(points, `${at}.paths[${place}].points`)
      names.add(name)
    }
  }
  if (names.size > 0 && names.size <= MOST_PATHS) return [...names]
  throw new Error(
    `contourPaths: expected 1 to ${MOST_PATHS} names of paths, found ${names.size}: ${listed([...names], 5)}`,
  )
}

function assertText(value: unknown, path: string): void {
  if (typeof value !== 'string' || value.trim() === '') throw wrong('a text', path, value)
}

function assertRange(value: unknown, path: string): void {
  if (!isPoint(value) || value[0] >= value[1]) throw wrong('[low, high]', path, value)
}

function assertGrid(grid: unknown, path: string): void {
  const rows = Array.isArray(grid) ? (grid as unknown[]) : []
  if (rows.length < 2) throw wrong('at least two rows', path, grid)
  const columns = Array.isArray(rows[0]) ? rows[0].length : 0
  for (const [index, row] of rows.entries()) {
    const isRow = Array.isArray(row) && row.length === columns && columns > 1
    if (!isRow) throw wrong(`a row of ${Math.max(2, columns)} heights`, `${path}[${index}]`, row)
    const at = row.findIndex((height) => !Number.isFinite(height))
    if (at >= 0) throw wrong('a height', `${path}[${index}][${at}]`, row[at])
  }
}

function assertPoints(points: unknown, path: string): void {
  if (!Array.isArray(points) || points.length === 0) throw wrong('at least one point', path, points)
  const at = points.findIndex((point) => !isPoint(point))
  if (at >= 0) throw wrong('[x, y]', `${path}[${at}]`, points[at])
}

function isPoint(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((each) => Number.isFinite(each))
}

function wrong(expected: string, path: string, value: unknown): Error {
  return new Error(`contourPaths: expected ${expected} at ${path}, found ${found(value)}`)
}

// Precise enough for a pixel.
function rounded(x: number): number {
  return Number(x.toFixed(4)) + 0
}
