import type { Item } from 'vega'
import embed from 'vega-embed'
import { expressionInterpreter } from 'vega-interpreter'
import { theme } from '../../charts/theme.ts'
import { localeOf } from '../../model/locale.ts'
import { button } from './button.ts'
import { type Chart, chartKeys, chartZoom, linksOf } from './chart-zoom.ts'
import { interactiveSpec } from './interactive-spec.ts'
import { onPatch } from './on-patch.ts'
import { schemedRenderer } from './schemed-renderer.ts'
import type { SeriesField } from './spec.ts'
import { unpacked } from './unpack.ts'
import { words } from './words.ts'
import { type VegaSpec, zoomableVega } from './zoomable-vega.ts'

// Makes the figures of the page interactive, each when it comes near. Loaded where a page has charts.
const waiting = new Map<Element, () => Promise<void>>()
const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) start(target)
  },
  { rootMargin: '300px' },
)
/** What ends a chart, and frees what it holds. */
const ends = new Map<HTMLElement, () => void>()
awaitCharts()
onPatch(() => {
  for (const [box, end] of ends) if (!box.isConnected) end()
  for (const box of waiting.keys()) if (!box.isConnected) forget(box)
  awaitCharts()
})

function awaitCharts(): void {
  for (const script of document.querySelectorAll<HTMLScriptElement>('script.weft-spec')) {
    const box = document.querySelector<HTMLElement>(
      `#${CSS.escape(script.dataset.figure ?? '')}>.weft-drawing:not([data-live])`,
    )
    if (!box || waiting.has(box)) continue
    waiting.set(box, chartBox(box, script.dataset.figure!))
    near.observe(box)
    for (const event of ['pointerenter', 'focusin'])
      box.addEventListener(event, () => start(box), { once: true })
  }
}

function start(box: Element): void {
  const draw = waiting.get(box)
  forget(box)
  void draw?.()
}

function forget(box: Element): void {
  waiting.delete(box)
  near.unobserve(box)
}

/** Gives the function that puts the interactive view of a figure in the place of its drawing, which stays if that fails. */
function chartBox(box: HTMLElement, figure: string): () => Promise<void> {
  return async () => {
    const drawing = box.querySelector('svg')
    // As it is now: a preview may have changed it.
    const script = document.querySelector(`script.weft-spec[data-figure="${CSS.escape(figure)}"]`)
    if (!drawing || !script) return
    box.dataset.live = 'starting'
    try {
      await replaceDrawing(box, drawing, script.textContent ?? '')
    } catch (error) {
      box.dataset.live = 'failed'
      console.info('The drawing stays as it is:', error)
    }
  }
}

async function replaceDrawing(box: HTMLElement, drawing: SVGSVGElement, packed: string): Promise<void> {
  // 1. Vega measures texts, so their fonts come first.
  await Promise.all([400, 600].map((weight) => document.fonts.load(`${weight} 10px 'Source Sans 3'`)))
  const { spec, series, zooms } = interactiveSpec(JSON.parse(unpacked(packed)))
  const host = document.createElement('div')
  host.className = 'weft-live'
  const found: { vega?: VegaSpec } = {}
  const { view } = await embed(host, spec as never, {
    ...{ mode: 'vega-lite', renderer: schemedRenderer as 'svg', actions: false, defaultStyle: false },
    ...{ ast: true, expr: expressionInterpreter, config: configOf(box) as never },
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
  const end = new AbortController()
  ends.set(box, () => {
    end.abort()
    view.finalize()
    ends.delete(box)
  })
  const chart = { box, view, vega: found.vega!, end: end.signal }
  const zoom = zooms === 0 ? undefined : chartZoom(chart)
  chartKeys(box, zoom)
  if (series) chartSeries(chart, series)
  box.dataset.live = 'yes'
}

// In the language of the text around it.
function configOf(box: Element): object {
  const lang = box.closest<HTMLElement>('[lang]')?.lang ?? 'en'
  const locale = localeOf(lang)
  return locale ? { ...theme, locale } : theme
}

interface Rows {
  readonly [title: string]: unknown
}

/** Writes the rows of a tooltip, with a space before a percent sign as in the text. */
function formatTooltip(value: unknown, sanitize: (value: unknown) => string): string {
  if (typeof value !== 'object' || value === null) return sanitize(String(value))
  const rows = Object.entries(value as Rows).map(
    ([title, text]) => `<tr><td>${sanitize(title)}</td><td>${sanitize(spaced(String(text)))}</td></tr>`,
  )
  return `<table><tbody>${rows.join('')}</tbody></table>`
}

function spaced(text: string): string {
  return text.replace(/(\d)%$/, '$1\u00a0%')
}

/**
 * Lets a reader choose series: by pressing their names in the legend, or by buttons that keys reach. The first press
 * shows one series alone, the next ones add and take away; without any, all are shown.
 */
function chartSeries({ box, view }: Chart, { field, names }: SeriesField): void {
  const shown = new Set<string>()
  const buttons = new Map(names.map((name) => [name, button(name, () => toggle(name))]))
  const toggle = (name: string) => {
    if (!shown.delete(name)) shown.add(name)
    if (shown.size === names.length) shown.clear()
    for (const [one, made] of buttons) made.setAttribute('aria-pressed', String(shown.has(one)))
    view.signal('weftShown', shown.size === 0 ? null : [...shown])
    setTimeout(() => view.run())
  }
  view.addEventListener('click', (_event, item) => {
    const name = item ? seriesOfItem(item, field) : undefined
    if (name !== undefined && buttons.has(name)) toggle(name)
  })
  const group = document.createElement('div')
  group.className = 'weft-series'
  group.setAttribute('role', 'group')
  group.setAttribute('aria-label', words.series)
  for (const made of buttons.values()) {
    made.setAttribute('aria-pressed', 'false')
    group.append(made)
  }
  linksOf(box)?.after(group)
  box.dataset.series = String(names.length)
}

// In a legend of vega's own a name is its value; in one drawn as a view it is in a row that has a place.
function seriesOfItem(item: Item, field: string): string | undefined {
  const datum = item.datum as { readonly [key: string]: unknown } | undefined
  const role = (item as { readonly mark?: { readonly role?: string } }).mark?.role ?? ''
  if (role.startsWith('legend')) return datum?.value === undefined ? undefined : String(datum.value)
  return datum && 'label' in datum && 'middle' in datum ? String(datum[field]) : undefined
}
