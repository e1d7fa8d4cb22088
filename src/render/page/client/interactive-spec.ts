import { hoverLayer, isLine, tooltipOf, type ViewContext } from './hover.ts'
import {
  isOffScale,
  isQuantitative,
  isShown,
  liveAxes,
  type SeriesField,
  type Spec,
  seriesField,
  typeOf,
} from './spec.ts'

/** A specification that can be explored: what was added to it. */
interface Interactive {
  readonly spec: Spec
  /** The series that a reader can choose from, where there are several. */
  readonly series?: SeriesField
  /** How many panels can be zoomed. */
  readonly zooms: number
}

/**
 * Adds to a vega-lite specification what a reader can do with it: tooltips, series that fade by `weftShown`, and
 * panels with two numeric axes that zoom. Draws the same until something is done. Leaves its argument as it is.
 */
export function interactiveSpec(spec: Spec): Interactive {
  const series = seriesField(spec)
  const count = { panels: 0 }
  const view = viewOf(spec, { series, count, encoding: {}, rows: [] })
  const params = [
    { name: 'weftShown', value: null },
    { name: 'weftZoomed', value: false },
  ]
  return {
    spec: { ...view, params: [...((view.params as Spec[] | undefined) ?? []), ...params] },
    ...(series ? { series } : {}),
    zooms: count.panels,
  }
}

function viewOf(view: Spec, context: ViewContext): Spec {
  const data = view.data as { readonly values?: unknown } | undefined
  const own: ViewContext = {
    ...context,
    encoding: { ...context.encoding, ...(view.encoding as Spec | undefined) },
    rows: Array.isArray(data?.values) ? (data.values as Spec[]) : context.rows,
  }
  if (view.mark !== undefined) return unitOf(view, own)
  if (Array.isArray(view.layer)) return layerOf(view, view.layer as Spec[], own)
  for (const key of ['concat', 'hconcat', 'vconcat']) {
    if (Array.isArray(view[key]))
      return { ...view, [key]: (view[key] as Spec[]).map((one) => viewOf(one, own)) }
  }
  // Panels that vega-lite repeats would all have one name.
  return view
}

// A mark by itself becomes a layer where it needs a second one to be hovered.
function unitOf(view: Spec, context: ViewContext): Spec {
  if (!isLine(view) || !isPlain(view, context)) return markOf(view, context, canZoom([view], context))
  const { mark, encoding, transform, params, ...rest } = view
  return layerOf(rest, [defined({ mark, encoding, transform, params })], context)
}

function layerOf(view: Spec, layers: readonly Spec[], context: ViewContext): Spec {
  const zooms = canZoom(layers, context)
  const main = Math.max(
    0,
    layers.findIndex((layer) => isLine(layer)),
  )
  const marks = layers.map((layer, index) =>
    layer.mark === undefined ? viewOf(layer, context) : markOf(layer, context, zooms && index === main),
  )
  const line = layers[main]
  const hover = line && isLine(line) && isPlain(line, context) ? [hoverLayer(line, context)] : []
  const layer = [...(zooms ? marks.map(unclipped) : marks), ...hover]
  return { ...view, ...(isRecord(view.encoding) ? { encoding: liveAxes(view.encoding) } : {}), layer }
}

function markOf(view: Spec, context: ViewContext, zooms: boolean): Spec {
  const whole = { ...context.encoding, ...(view.encoding as Spec | undefined) }
  if (isOffScale(whole) || typeOf(view) === 'image') return view
  const own = (view.encoding as Spec | undefined) ?? {}
  const encoding = {
    ...liveAxes(own),
    ...('tooltip' in whole ? {} : { tooltip: tooltipOf(whole, context.rows) }),
    ...fading(view, whole, context.series),
  }
  const zoomable = zooms ? { params: [zoomParam(context), ...params(view)] } : {}
  return { ...(zooms ? unclipped(view) : view), encoding, ...zoomable }
}

// Vega-lite cuts off what stands on axes that zoom, points and headings at the edge too, unless told otherwise.
function unclipped(view: Spec): Spec {
  if (view.mark === undefined) return view
  const mark = isRecord(view.mark) ? view.mark : { type: view.mark }
  return { ...view, mark: { clip: false, ...mark } }
}

function fading(view: Spec, encoding: Spec, series: SeriesField | undefined): Spec {
  const fields = Object.values(encoding).map((channel) => (channel as Spec | null)?.field)
  if (!series || !fields.includes(series.field) || 'opacity' in encoding) return {}
  const mark = isRecord(view.mark) ? view.mark : {}
  const defaults: { readonly [type: string]: number } = { point: 0.9, area: 0.6 }
  const value = (mark.opacity as number | undefined) ?? defaults[typeOf(view)] ?? 1
  const test = isShown(series)
  return { opacity: { condition: { test, value }, value: 0.06 } }
}

function zoomParam({ count }: ViewContext): Spec {
  const name = `weftZoom${count.panels++}`
  return {
    name,
    bind: 'scales',
    select: {
      type: 'interval',
      encodings: ['x', 'y'],
      zoom: 'wheel!',
      // A finger scrolls the page.
      translate: "[pointerdown[event.pointerType !== 'touch'], window:pointerup] > window:pointermove!",
      clear: 'dblclick',
    },
  }
}

function canZoom(layers: readonly Spec[], { encoding }: ViewContext): boolean {
  const [main] = [...layers.filter((layer) => isLine(layer)), ...layers]
  const whole: Spec = { ...encoding, ...(main?.encoding as Spec | undefined) }
  const isMark = main?.mark !== undefined && !params(main).some((param) => 'select' in param)
  return (
    isMark && !isOffScale(whole) && [whole.x, whole.y].every((one) => isQuantitative(one) && !isPath(one))
  )
}

// Vega-lite names the signals of a zoomed axis by its field, of a path in a way that is no name.
function isPath(channel: unknown): boolean {
  return /[.[\\]/.test(String((channel as Spec).field))
}

function isPlain(view: Spec, { encoding }: ViewContext): boolean {
  const whole: Spec = { ...encoding, ...(view.encoding as Spec | undefined) }
  return !isOffScale(whole) && isQuantitative(whole.y) && whole.x !== undefined && !('tooltip' in whole)
}

function params(view: Spec): Spec[] {
  return (view.params as Spec[] | undefined) ?? []
}

function isRecord(value: unknown): value is Spec {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function defined(members: Spec): Spec {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}
