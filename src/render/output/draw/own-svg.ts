/** Attributes in which vega names a definition of the same drawing, or refers to one. */
const REFERENCES = /\s(id|clip-path|fill|stroke|mask|filter|href|xlink:href)="([^"]*)"/g

/**
 * Prepares a drawing by vega for a page with others: one image with alternative text for readers who cannot see it,
 * and ids that begin with the figure's.
 */
export function ownSvg(svg: string, { id, alt }: { readonly id: string; readonly alt: string }): string {
  const root = /^<svg\b[^>]*>/.exec(svg)?.[0]
  if (root === undefined) throw new Error(`Cannot own a drawing, expected <svg>, found ${svg.slice(0, 40)}`)
  const kept = ['width', 'height', 'viewBox'].map((name) => `${name}="${attributeOf(root, name)}"`).join(' ')
  const head = `<svg role="img" aria-label="${escaped(alt)}" ${kept} xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">`
  return head + withPrefix(svg.slice(root.length), `${id}-`)
}

/** Gives a drawing by vega with a prefix before its ids, wherever it names them. */
export function withPrefix(svg: string, prefix: string): string {
  // Vega escapes `<` and `>` in text, so a tag ends at the first `>`.
  return svg.replace(/<[a-zA-Z][^>]*>/g, (tag) => prefixed(tag, prefix))
}

function prefixed(tag: string, prefix: string): string {
  return tag.replace(REFERENCES, (whole, name: string, value: string) => {
    if (name === 'id') return ` id="${prefix}${value}"`
    if (name.endsWith('href')) return value.startsWith('#') ? ` ${name}="#${prefix}${value.slice(1)}"` : whole
    return ` ${name}="${value.replace(/url\(#/g, `url(#${prefix}`)}"`
  })
}

function attributeOf(root: string, name: string): string {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(root)?.[1]
  if (value === undefined) throw new Error(`Cannot own a drawing, expected ${name} in ${root}`)
  return value
}

/** Writes a text as a value of an attribute, or between tags; in one line. */
export function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/"/g, '&quot;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\s+/g, ' ')
}
