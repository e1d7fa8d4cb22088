import { isShown, liveAxes, type SeriesField, type Spec, typeOf } from './spec.ts'
import { words } from './words.ts'

/** What a view inherits, and what all views share. */
export interface ViewContext {
  readonly series: SeriesField | undefined
  readonly count: { panels: number }
  readonly encoding: Spec
  readonly rows: readonly Spec[]
}

/** Says whether a view draws lines. */
export function isLine(view: Spec): boolean {
  return view.mark !== undefined && ['line', 'trail'].includes(typeOf(view))
}

/**
 * Makes the layer that lets a reader point at a line: a point for each row, invisible but for the one nearest to
 * the pointer, which has the tooltip. Series that are not shown have none.
 */
export function hoverLayer(line: Spec, { encoding, rows, series, count }: ViewContext): Spec {
  const own = line.encoding as Spec | undefined
  const { x, y, color, detail } = { ...encoding, ...own } as Spec
  const name = `weftNear${count.panels}`
  const shown = series ? [{ filter: isShown(series) }] : []
  const channels = { ...(own ?? {}), x, y, ...(color ? { color } : {}), ...(detail ? { detail } : {}) }
  const { strokeDash, strokeWidth, ...rest } = channels as Spec
  return {
    transform: [...((line.transform as Spec[] | undefined) ?? []), ...shown],
    mark: { type: 'point', size: 60, filled: true, clip: true },
    params: [{ name, select: { type: 'point', on: 'pointerover', clear: 'pointerout', nearest: true } }],
    encoding: {
      ...liveAxes(rest),
      tooltip: tooltipOf({ ...encoding, ...own }, rows),
      opacity: { condition: { param: name, empty: false, value: 1 }, value: 0 },
    },
  }
}

const places = ['x', 'y', 'x2', 'y2', 'theta', 'radius', 'xOffset', 'yOffset', 'size']
const ends: { readonly [field: string]: string } = { low: words.low, high: words.high }

/** Lists what a tooltip says of a mark: each field once under its title, numbers as readers read them. */
export function tooltipOf(encoding: Spec, rows: readonly Spec[]): Spec[] {
  const shown = new Map<string, Spec>()
  const inOrder = ['color', 'fill', 'stroke', ...places, ...Object.keys(encoding)]
  for (const key of new Set(inOrder)) {
    const channel = encoding[key] as Spec | undefined
    const { field, scale, type, aggregate, bin, timeUnit } = channel ?? {}
    if (['detail', 'order', 'url', 'key'].includes(key) || typeof field !== 'string' || scale === null)
      continue
    if (shown.has(field)) continue
    const isNumber =
      type === 'quantitative' || (places.includes(key) && rows.some((row) => typeof row[field] === 'number'))
    const number = isNumber && type !== 'nominal' && type !== 'ordinal' && type !== 'temporal'
    const title = ends[field] ?? titleOfField(channel!)
    shown.set(field, {
      field,
      ...(title === '' ? {} : { title }),
      ...(aggregate === undefined ? {} : { aggregate }),
      ...(bin === undefined ? {} : { bin }),
      ...(timeUnit === undefined ? {} : { timeUnit }),
      type: type ?? (number ? 'quantitative' : 'nominal'),
      ...(number && !bin ? { format: formatOf(field, channel!, rows) } : {}),
    })
  }
  return withSpread([...shown.values()], rows)
}

// The ends of an interval stand in the rows beside its middle.
function withSpread(tooltip: Spec[], rows: readonly Spec[]): Spec[] {
  const middle = tooltip.find(({ field }) => field === 'value' || field === 'y')
  if (!middle) return tooltip
  const missing = Object.keys(ends).filter(
    (end) => rows.some((row) => typeof row[end] === 'number') && !tooltip.some(({ field }) => field === end),
  )
  return [...tooltip, ...missing.map((field) => ({ ...middle, field, title: ends[field] }))]
}

function titleOfField({ title, axis }: Spec): string {
  const own = title ?? (axis as Spec | null | undefined)?.title
  return Array.isArray(own) ? own.join(' ') : typeof own === 'string' ? own : ''
}

function formatOf(field: string, { axis, scale }: Spec, rows: readonly Spec[]): string {
  if (/%/.test(String((axis as Spec | null | undefined)?.labelExpr ?? ''))) return '.2~%'
  const values = rows.map((row) => row[field]).filter((value): value is number => typeof value === 'number')
  if (values.every((value) => Number.isInteger(value))) return ',d'
  const most = Math.max(...values.map(Math.abs))
  return most >= 1000 && (scale as Spec | undefined)?.type !== 'log' ? ',.1~f' : '.4~g'
}
