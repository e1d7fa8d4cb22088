import type { Element, ElementContent, Root, RootContent } from 'hast'
import { classesOf, isHeading, textContent } from './hast.ts'

/**
 * Gives a copy of a body in which a paragraph that ends with a colon stays on the page of what it introduces: code, a
 * list, a table. Elements that stay are shared.
 */
export function keepIntroductions(body: Root): Root {
  return { ...body, children: kept(body.children) }
}

function kept(children: readonly RootContent[]): ElementContent[] {
  return children.map((child, index) => {
    if (child.type !== 'element') return child as ElementContent
    if (child.tagName === 'p') return introduces(child, children.slice(index + 1)) ? marked(child) : child
    const inner = kept(child.children)
    return inner.every((node, at) => node === child.children[at]) ? child : { ...child, children: inner }
  })
}

function introduces(paragraph: Element, following: readonly RootContent[]): boolean {
  if (!/:\s*$/.test(textContent(paragraph))) return false
  const next = following.find(({ type }) => type === 'element')
  return next?.type === 'element' && !isHeading(next)
}

function marked(paragraph: Element): Element {
  const className = [...classesOf(paragraph), 'weft-introduction']
  return { ...paragraph, properties: { ...paragraph.properties, className } }
}
