import type { Zoom } from './chart-zoom.ts'

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
    const press = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key]
    if (!press || event.target !== box) return
    event.preventDefault()
    press()
  })
}
