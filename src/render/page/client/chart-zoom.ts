import type { View } from 'vega'
import { button } from './button.ts'
import { words } from './words.ts'
import { type VegaSpec, zoomScales } from './zoomable-vega.ts'

/** A live chart: the box that holds it, its view, the specification that the view runs, and what says that it ended. */
export interface Chart {
  readonly box: HTMLElement
  readonly view: View
  readonly vega: VegaSpec
  readonly end: AbortSignal
}

/** What keys and buttons do to the axes of a chart. */
interface Zoom {
  /** Shows a part of each axis, larger than all of it where `factor` is above 1. */
  by(factor: number): void
  /** Moves by shares of what is shown. */
  move(x: number, y: number): void
  reset(): void
}

/** Lets a chart be zoomed by wheel, drag, buttons and keys once it is pressed or focused. */
export function chartZoom(chart: Chart): Zoom {
  const zoom = zoomOf(chart)
  const { box, end } = chart
  guardWheel(box, end)
  const reset = button(words.reset, zoom.reset, words.resetZoom)
  reset.disabled = true
  linksOf(box)?.prepend(
    button('+', () => zoom.by(0.8), words.zoomIn),
    button('−', () => zoom.by(1.25), words.zoomOut),
    reset,
  )
  followZoom(chart, (isZoomed) => {
    reset.disabled = !isZoomed
  })
  box.title = words.zoomHint
  return zoom
}

function zoomOf({ view, vega }: Chart): Zoom {
  const scales = zoomScales(vega)
  const set = (change: (range: readonly [number, number], isX: boolean) => readonly [number, number]) => {
    for (const { scale: name, signal } of scales) {
      const scale = view.scale(name) as Scale
      const [start, end] = scale.range() as [number, number]
      const places = change([start, end], start < end)
      view.signal(
        signal,
        places.map((place) => scale.invert(place)),
      )
    }
    view.run()
  }
  return {
    by: (factor) =>
      set(([start, end]) => {
        const [middle, half] = [(start + end) / 2, ((end - start) / 2) * factor]
        return [middle - half, middle + half]
      }),
    // The y axis runs upwards, from its length to 0.
    move: (x, y) =>
      set(([start, end], isX) => {
        const shift = (end - start) * (isX ? x : y)
        return [start + shift, end + shift]
      }),
    reset() {
      for (const { signal } of scales) view.signal(signal, null)
      view.run()
    },
  }
}

interface Scale {
  range(): readonly number[]
  invert(place: number): number
}

// A page scrolls under the wheel until its reader has pressed the figure or holds a key: vega hears nothing of it.
function guardWheel(box: HTMLElement, end: AbortSignal): void {
  const set = (isActive: boolean) => box.toggleAttribute('data-active', isActive)
  const guard = (event: WheelEvent) => {
    if (!box.hasAttribute('data-active') && !event.ctrlKey && !event.metaKey) event.stopPropagation()
  }
  box.addEventListener('wheel', guard, { capture: true, passive: true })
  box.addEventListener('pointerdown', () => set(true))
  box.addEventListener('focusout', () => set(false))
  box.addEventListener('keydown', ({ key }) => key === 'Escape' && set(false))
  const leave = (event: PointerEvent) => {
    if (!box.contains(event.target as Node)) set(false)
  }
  document.addEventListener('pointerdown', leave, { signal: end })
}

function followZoom({ view, vega }: Chart, tell: (isZoomed: boolean) => void): void {
  const signals = zoomScales(vega).map(({ signal }) => signal)
  const update = () => {
    const isZoomed = signals.some(
      (signal) => view.signal(signal) !== null && view.signal(signal) !== undefined,
    )
    if (view.signal('weftZoomed') === isZoomed) return
    tell(isZoomed)
    view.signal('weftZoomed', isZoomed).run()
  }
  // A view that tells of a signal is at work, and may not be run from within.
  for (const signal of signals) view.addSignalListener(signal, () => setTimeout(update))
}

/** Lets keys zoom and move a chart that has the focus: + and -, arrows, 0. */
export function chartKeys(box: HTMLElement, zoom: Zoom | undefined): void {
  if (!zoom) return
  const keys: { readonly [key: string]: () => void } = {
    '+': () => zoom.by(0.8),
    '=': () => zoom.by(0.8),
    '-': () => zoom.by(1.25),
    '0': () => zoom.reset(),
    ArrowLeft: () => zoom.move(-0.1, 0),
    ArrowRight: () => zoom.move(0.1, 0),
    ArrowUp: () => zoom.move(0, 0.1),
    ArrowDown: () => zoom.move(0, -0.1),
  }
  box.setAttribute('aria-keyshortcuts', '+ - 0 ArrowLeft ArrowRight ArrowUp ArrowDown')
  box.addEventListener('keydown', (event) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key]
    if (!act || event.target !== box) return
    event.preventDefault()
    act()
  })
}

/** Finds the row of links and buttons below a figure. */
export function linksOf(box: HTMLElement): HTMLElement | null {
  const tools = box.closest('figure')?.nextElementSibling
  return tools?.classList.contains('weft-tools') ? tools.querySelector<HTMLElement>('.weft-links') : null
}
