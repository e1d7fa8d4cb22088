import type { Element, Root, RootContent } from 'hast'
import { classesOf, textContent } from './hast.ts'

/** So many lines have room in two columns below a title and an abstract. */
const mostLines = 46
/** A longer entry goes on in a second line. */
const longEntry = 36
const deepest = 6

/**
 * Gives a copy of a body whose contents leave their deepest levels out until they have room on a page; chapters stay.
 * Elements that stay are shared.
 */
export function fitContents(body: Root): Root {
  return { ...body, children: body.children.map(fitted) }
}

function fitted<Some extends RootContent>(node: Some): Some {
  if (node.type !== 'element') return node
  if (classesOf(node).includes('weft-contents')) return fittedList(node) as Some
  const isAround = node.tagName === 'main' || classesOf(node).includes('weft-navigation')
  return isAround ? { ...node, children: node.children.map(fitted) } : node
}

function fittedList(contents: Element): Element {
  let depth = deepest
  while (depth > 1 && linesTo(contents, depth) > mostLines) depth -= 1
  return depth === deepest ? contents : cutAt(contents, depth)
}

function linesTo(node: Element, depth: number): number {
  return elements(node).reduce((sum, child) => {
    const isList = child.tagName === 'ol'
    if (isList && depth === 0) return sum
    const own = child.tagName === 'a' ? Math.ceil(textContent(child).length / longEntry) : 0
    return sum + own + linesTo(child, isList ? depth - 1 : depth)
  }, 0)
}

function cutAt(node: Element, depth: number): Element {
  const children = node.children.flatMap((child): Element['children'] => {
    if (child.type !== 'element') return [child]
    const isList = child.tagName === 'ol'
    if (isList && depth === 0) return []
    return [cutAt(child, isList ? depth - 1 : depth)]
  })
  return { ...node, children }
}

function elements(node: Element): readonly Element[] {
  return node.children.filter((child): child is Element => child.type === 'element')
}
