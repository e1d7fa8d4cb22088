import type { Element, ElementContent } from 'hast'
import { classesOf } from './hast.ts'

/** Classes of what an entry of a list says otherwise, or not at all. */
const left = ['weft-number', 'weft-fold', 'weft-screen', 'weft-tools']

/** A citation that is still source, as `[@kingma2015adam]`. */
const unresolved = /\s*\[[^\][@]*-?@[^\]]*\]/g

/**
 * Copies what a heading or a caption says, to say it again elsewhere in the page: without ids, footnotes,
 * citations and the caption's own number, and with the words of links in place of links.
 */
export function plainCopy(children: readonly ElementContent[]): ElementContent[] {
  return children.flatMap((child, index): ElementContent[] => {
    if (child.type === 'text') {
      const value = child.value.replace(unresolved, '')
      return [{ ...child, value: isCitation(children[index + 1]) ? value.trimEnd() : value }]
    }
    if (child.type !== 'element') return [structuredClone(child)]
    if (isLeft(child)) return []
    const inner = plainCopy(child.children)
    if (child.tagName === 'a') return inner
    const { id: _, ...properties } = structuredClone(child.properties)
    return [{ ...child, properties, children: inner }]
  })
}

function isCitation(child: ElementContent | undefined): boolean {
  return child?.type === 'element' && classesOf(child).includes('weft-citation')
}

function isLeft(element: Element): boolean {
  if (element.properties.dataFootnoteRef !== undefined) return true
  if (element.tagName === 'sup' && element.children.some((child) => isFootnote(child))) return true
  return isCitation(element) || classesOf(element).some((name) => left.includes(name))
}

function isFootnote(child: ElementContent): boolean {
  return child.type === 'element' && child.properties.dataFootnoteRef !== undefined
}
