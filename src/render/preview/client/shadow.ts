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

type Properties = { readonly [name: string]: string | boolean | ((event: Event) => void) }

/** Makes an element with properties; names that begin with `data-` or `aria-` and `role` are attributes. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Properties = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(properties))
    if (/^(?:data-|aria-|role$)/.test(key)) made.setAttribute(key, String(value))
    else if (typeof value === 'function') made.addEventListener(key, value)
    else Object.assign(made, { [key]: value })
  made.append(...children)
  return made
}
