import embed from 'vega-embed'
import { expressionInterpreter } from 'vega-interpreter'
import { theme } from '../../charts/theme.ts'
import { chartKeys } from './chart-keys.ts'
import { chartSeries } from './chart-series.ts'
import { chartZoom } from './chart-zoom.ts'
import { formatTooltip } from './format-tooltip.ts'
import { interactiveSpec } from './interactive-spec.ts'
import { type VegaSpec, zoomableVega } from './zoomable-vega.ts'

/** Gives the function that puts the interactive view of a figure in the place of its drawing, which stays if that fails. */
export function chartBox(box: HTMLElement, script: HTMLScriptElement): () => Promise<void> {
  return async () => {
    const drawing = box.querySelector('svg')
    if (!drawing) return
    try {
      await replaceDrawing(box, drawing, script.textContent ?? '')
    } catch (error) {
      box.dataset.live = 'failed'
      console.info('The drawing stays as it is:', error)
    }
  }
}

async function replaceDrawing(box: HTMLElement, drawing: SVGSVGElement, json: string): Promise<void> {
  // 1. Vega measures texts, so their fonts come first.
  await Promise.all([400, 600].map((weight) => document.fonts.load(`${weight} 10px 'Source Sans 3'`)))
  const { spec, series, zooms } = interactiveSpec(JSON.parse(json))
  const host = document.createElement('div')
  host.className = 'weft-live'
  const found: { vega?: VegaSpec } = {}
  const { view } = await embed(host, spec as never, {
    ...{ mode: 'vega-lite', renderer: 'svg', actions: false, defaultStyle: false },
    ...{ ast: true, expr: expressionInterpreter, config: theme as never },
    tooltip: { disableDefaultStyle: true, formatTooltip } as never,
    patch: (vega) => {
      found.vega = zoomableVega(vega as unknown as VegaSpec)
      return found.vega as never
    },
  })
  // 2. It takes exactly the room of the drawing, and its place for who cannot see it.
  const { width, height } = drawing.getBoundingClientRect()
  host.style.width = `${width}px`
  host.style.height = `${height}px`
  host.setAttribute('role', 'img')
  host.setAttribute('aria-label', drawing.getAttribute('aria-label') ?? '')
  host.querySelector('svg')?.setAttribute('aria-hidden', 'true')
  drawing.replaceWith(host)
  // 3. What pointer and keys do.
  const chart = { box, view, vega: found.vega! }
  const zoom = zooms === 0 ? undefined : chartZoom(chart)
  chartKeys(box, zoom)
  if (series) chartSeries(chart, series)
  box.dataset.live = 'yes'
}
