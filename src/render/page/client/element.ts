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

/** Gives an id that nothing on the page has: the report may have an element with the wanted one. */
export function freeId(wanted: string): string {
  let id = wanted
  for (let count = 2; document.getElementById(id); count++) id = `${wanted}-${count}`
  return id
}

/** Gives the element that a hash leads to. A reader may have typed the hash: not all of them can be decoded. */
export function targetOf(hash: string): HTMLElement | null {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)))
  } catch {
    return null
  }
}
