import { element } from '../../page/client/element.ts'
import css from './preview.css'

/** Makes an element whose inside has styles of its own: those of the page do not reach it, but its colours do. */
export function shadowed(part: 'chip' | 'message', ...children: readonly Node[]): HTMLElement {
  const host = document.createElement('weft-preview')
  host.dataset.part = part
  const style = document.createElement('style')
  style.textContent = css
  const root = element('div', { className: 'root' }, ...children)
  host.attachShadow({ mode: 'open' }).append(style, root)
  return host
}
