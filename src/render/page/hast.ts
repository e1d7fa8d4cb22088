import type { Element, Root, RootContent } from 'hast'
import type { Position } from 'unist'

/** Markup as text that goes into the page as it stands. */
export interface Raw {
  type: 'raw'
  value: string
  position?: Position
  data?: { tex?: string }
}

declare module 'hast' {
  interface RootContentMap {
    raw: Raw
  }
  interface ElementContentMap {
    raw: Raw
  }
}

/** Makes an element. */
export function h(
  tagName: string,
  properties: Element['properties'],
  children: readonly Element['children'][number][],
): Element {
  return { type: 'element', tagName, properties, children: [...children] }
}

/** Lists an element's classes, which Markdown's extensions write as a list or as one text. */
export function classesOf(element: Element): readonly string[] {
  const className: unknown = element.properties.className
  if (Array.isArray(className)) return className.map(String)
  return typeof className === 'string' ? className.split(/\s+/) : []
}

/** Walks over the elements of a tree, each before those in it; its own root too. */
export function* elementsIn(tree: Root | RootContent): Generator<Element> {
  const open: (Root | RootContent)[] = [tree]
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'element') yield node
    if (!('children' in node)) continue
    for (let index = node.children.length - 1; index >= 0; index--) open.push(node.children[index]!)
  }
}

/** Says whether an element is a heading, h1 to h6. */
export function isHeading(element: Element): boolean {
  return /^h[1-6]$/.test(element.tagName)
}

/** Joins the text below a node. */
export function textContent(node: Root | RootContent): string {
  if (node.type === 'text') return node.value
  return 'children' in node ? node.children.map(textContent).join('') : ''
}

/** Escapes text for HTML, in an attribute's double quotes too. */
export function escapeHtml(text: string): string {
  // Most texts have nothing to escape, and a page has tens of thousands of them.
  if (!/[&<>"]/.test(text)) return text
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

const named: { readonly [name: string]: string } = {
  ...{ amp: '&', lt: '<', gt: '>' },
  ...{ quot: '"', apos: "'", nbsp: '\u00a0' },
}

/** Gives the text that is written in HTML, without its character references; those that stand for nothing stay. */
export function unescapeHtml(html: string): string {
  return html.replace(
    /&(?:#x([\da-f]+)|#(\d+)|(amp|quot|lt|gt|apos|nbsp));/gi,
    (whole, hex, digits, name) => {
      if (name !== undefined) return named[String(name).toLowerCase()]!
      const code = hex === undefined ? Number(digits) : Number.parseInt(hex, 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}
