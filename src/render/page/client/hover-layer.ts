import { liveAxes } from './live-axes.ts'
import { isShown, type SeriesField } from './series-field.ts'
import { type Spec, typeOf } from './spec.ts'
import { tooltipOf } from './tooltip-of.ts'

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
