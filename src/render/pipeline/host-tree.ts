import type { Element, Root as HastRoot } from 'hast'
import { fromParse5 } from 'hast-util-from-parse5'
import type { Html, Root } from 'mdast'
import { parseFragment } from 'parse5'
import type { Node, Parent } from 'unist'
import { element } from '../model/element.ts'
import { SKIP, visit } from '../model/visit.ts'

/**
 * Makes a tree fit for any host: drawings are elements, and labelled formulas stand in a box with their label, since
 * plugins that draw formulas drop the element which has it. Changes the tree in place.
 */
export function fitForHost(tree: Root): void {
  drawingsAsElements(tree)
  visit(tree as Node, 'math', (node: Node, index, parent) => {
    const { id, ...properties } = (node.data as Data | undefined)?.hProperties ?? {}
    if (index === undefined || id === undefined) return
    node.data = { ...node.data, hProperties: properties } as Node['data']
    const box = element('div', { id, className: ['weft-equation'] }, [node])
    ;(parent as Parent).children[index] = box as Node
    return SKIP
  })
}

interface Data {
  readonly hProperties?: Readonly<Record<string, unknown>>
}

// MDX has no raw HTML, others would need rehype-raw. The author's own HTML stays as it is.
function drawingsAsElements(tree: Root): void {
  visit(tree as Node, 'html', (node: Node, index, parent) => {
    if (index === undefined || (parent as Node | undefined)?.type !== 'weftElement') return
    const drawing = elementIn((node as Html).value)
    if (drawing) (parent as Parent).children[index] = asMdast(drawing)
  })
}

// Nothing if the markup is not one whole drawing.
function elementIn(markup: string): Element | undefined {
  if (!/^\s*(?:<\?xml[^>]*>\s*)?<(?:svg|img)\b/.test(markup)) return undefined
  const { children } = fromParse5(parseFragment(markup)) as HastRoot
  const elements = children.filter((child) => child.type === 'element')
  return elements.length === 1 ? elements[0] : undefined
}

// As remark-rehype reads it.
function asMdast({ tagName, properties, children }: Element): Node {
  const data = { hName: tagName, hProperties: properties, hChildren: children }
  return { type: 'weftElement', children: [], data } as unknown as Node
}
