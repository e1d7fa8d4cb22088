import type { Spread } from '../../statistics/spread.ts'
import { isSpread } from '../../statistics/spread.ts'
import { found, listed } from '../model/found.ts'
import { suggestion } from '../model/nearest.ts'
import type { SettledChannel } from './channel.ts'
import { ownLabels, unitOf } from './number-label.ts'

/** One point of a line. */
export interface LineRow {
  readonly x: number
  readonly y: number
  readonly series: string
  readonly panel: string
  /** Index of its unbroken part of the line. */
  readonly segment: number
  /** Whether it has no neighbour and so no line shows it. */
  readonly isAlone: boolean
  /** One standard deviation away, if there are several seeds. */
  readonly low?: number
  readonly high?: number
  /** How many runs y is a mean of, if it is a Spread. */
  readonly runs?: number
}

export interface LineChannels {
  readonly x: SettledChannel
  readonly y: SettledChannel
  readonly series?: SettledChannel
  readonly panel?: SettledChannel
}

type Point = Omit<LineRow, 'segment' | 'isAlone' | 'y'> & { readonly y: number | null }

/**
 * Reads the points of a line chart, line by line from left to right. A row whose y is null is a gap.
 * Throws if there is no point, a value cannot be drawn, or one line has two points at the same x.
 */
export function lineRows(rows: unknown, channels: LineChannels): LineRow[] {
  if (!Array.isArray(rows) || rows.length === 0)
    throw new Error(`lineChart: expected at least one row, found ${found(rows)}`)
  const lines = new Map<string, Point[]>()
  for (const [index, row] of rows.entries()) {
    const point = pointOf(row, index, channels)
    const key = JSON.stringify([point.panel, point.series])
    lines.set(key, [...(lines.get(key) ?? []), point])
  }
  const drawn = [...lines.values()].flatMap((points) => pieces(points, channels))
  if (drawn.length === 0)
    throw new Error(
      `lineChart: expected a row with a value of ${channels.y.field}, found null in all ${rows.length}`,
    )
  return drawn
}

/** Lists the names of the series or panels in rows, in order of appearance or from the least number to the greatest. */
export function namesOf(
  rows: readonly object[],
  channel: SettledChannel | undefined,
  isOrdered = false,
): string[] {
  if (channel === undefined) return ['']
  const names = [...new Set(rows.map((row, index) => nameOf(row, `rows[${index}]`, channel)))]
  const isSorted = isOrdered && names.every((name) => typeof name === 'number')
  return (isSorted ? names.sort((a, b) => Number(a) - Number(b)) : names).map((name) =>
    labelOf(name, channel),
  )
}

/** Checks whether the names of series or panels are numbers, which need a title. */
export function areNumbers(rows: readonly object[], { field }: SettledChannel): boolean {
  return rows.every((row) => typeof (row as Record<string, unknown>)[field] === 'number')
}

function pieces(points: readonly Point[], { x: { field }, series }: LineChannels): LineRow[] {
  const sorted = [...points].sort((a, b) => a.x - b.x)
  const twice = sorted.find((point, index) => index > 0 && sorted[index - 1]!.x === point.x)
  if (twice !== undefined) {
    const whose = series === undefined ? '' : ` of ${series.field} ${found(twice.series)}`
    throw new Error(`lineChart: expected one row for each ${field}${whose}, found two at ${field} ${twice.x}`)
  }
  return sorted.flatMap(({ y, ...point }, index) => {
    if (y === null) return []
    const isGap = (at: number) => (sorted[at]?.y ?? null) === null
    const segment = sorted.slice(0, index).filter((before) => before.y === null).length
    return [{ ...point, y, segment, isAlone: isGap(index - 1) && isGap(index + 1) }]
  })
}

function pointOf(row: unknown, index: number, { x, y, series, panel }: LineChannels): Point {
  const path = `rows[${index}]`
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    throw new Error(`lineChart: expected an object at ${path}, found ${found(row)}`)
  const across = meanOf(row, path, x)
  if (across === null)
    throw new Error(`lineChart: expected a number or a Spread at ${path}.${x.field}, found null`)
  const up = meanOf(row, path, y)
  return {
    x: across.mean,
    y: up === null ? null : up.mean,
    series: series === undefined ? '' : labelOf(nameOf(row, path, series), series),
    panel: panel === undefined ? '' : labelOf(nameOf(row, path, panel), panel),
    ...(up === null || up.std === undefined ? {} : { low: up.mean - up.std, high: up.mean + up.std }),
    ...(up?.runs === undefined ? {} : { runs: up.runs }),
  }
}

function meanOf(
  row: object,
  path: string,
  { field, isLog }: SettledChannel,
): { mean: number; std?: number; runs?: number } | null {
  const value = memberOf(row, path, field)
  if (value === null) return null
  const isNumber = typeof value === 'number' && Number.isFinite(value)
  if (!isNumber && !isSpread(value)) {
    throw new Error(
      `lineChart: expected a number, a Spread or null at ${path}.${field}, found ${found(value)}`,
    )
  }
  const { mean, n, std } = (isNumber ? { mean: value, n: 1, std: 0 } : value) as Spread
  if (isLog && mean <= 0)
    throw new Error(
      `lineChart: expected a positive number at ${path}.${field}, for its scale is log, found ${mean}`,
    )
  if (isNumber) return { mean }
  return n < 2 ? { mean, runs: n } : { mean, std, runs: n }
}

function nameOf(row: object, path: string, { field }: SettledChannel): string | number {
  const value = memberOf(row, path, field)
  const isName = typeof value === 'string' && value.trim() !== ''
  if (isName || (typeof value === 'number' && Number.isFinite(value))) return value
  throw new Error(`lineChart: expected a name or a number at ${path}.${field}, found ${found(value)}`)
}

function labelOf(name: string | number, { format }: SettledChannel): string {
  if (typeof name === 'string') return name
  const unit = unitOf(format, Math.abs(name), true)
  return ownLabels([name / unit.size], unit)[0]!
}

function memberOf(row: object, path: string, field: string): unknown {
  if (Object.hasOwn(row, field) && (row as Record<string, unknown>)[field] !== undefined)
    return (row as Record<string, unknown>)[field]
  const fields = Object.keys(row)
  throw new Error(
    `lineChart: expected field ${field} at ${path}, found {${listed(fields)}}${suggestion(field, fields)}`,
  )
}
