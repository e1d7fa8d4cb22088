import type { Element, Root, RootContent } from 'hast'
import { classesOf } from './hast.ts'
import { type PaperFront, paperOf } from './paper.ts'

const pxPerMm = 96 / 25.4
/** A drawing that is nearly as wide as the lines of the text becomes as wide; a smaller one keeps its type. */
const nearly = 0.8

/**
 * Gives a copy of a body whose drawings are as wide as the lines of the text where they nearly are (class `weft-fill`).
 * Elements that stay are shared.
 */
export function fillMeasure(body: Root, front: PaperFront): Root {
  const { columns, measure } = paperOf(front)
  if (columns > 1) return body
  const leastPx = nearly * measure * pxPerMm
  return { ...body, children: body.children.map((child) => filled(child, leastPx)) }
}

const around = ['main', 'section', 'div']

function filled<Some extends RootContent>(node: Some, leastPx: number): Some | Element {
  if (node.type !== 'element') return node
  if (node.tagName === 'figure') {
    const isWide = classesOf(node).includes('weft-figure') && widthOf(node) >= leastPx
    return isWide ? withClass(node, 'weft-fill') : node
  }
  if (!around.includes(node.tagName)) return node
  return { ...node, children: node.children.map((child) => filled(child, leastPx)) }
}

// Of its only drawing.
function widthOf({ children }: Element): number {
  const drawings = children.flatMap((child) =>
    child.type === 'raw' ? [...child.value.matchAll(/^\s*<svg[^>]*?\swidth="([\d.]+)(?:px)?"/g)] : [],
  )
  return drawings.length === 1 ? Number(drawings[0]![1]) : 0
}

function withClass(element: Element, name: string): Element {
  return { ...element, properties: { ...element.properties, className: [...classesOf(element), name] } }
}
