import type { Element, Root } from 'hast'
import { classesOf, elementsIn, h, textContent } from './hast.ts'
import { chaptersFlow, type PaperFront, paperOf } from './paper.ts'

const mmPerPx = 25.4 / 96
/** A figure may be drawn this much smaller to stay in a column. */
const mostShrink = 0.75
// A table's type has a size of 0.85, its cells have a padding.
const mmPerCharacter = 1.75
const mmPerCell = 4

/** What begins another page cannot stand in columns. */
const breaking = ['weft-landscape', 'weft-pagebreak']

/**
 * Sets the text of a print in two columns: marks what is too wide for one of them, which goes over both (class
 * `weft-span`), and parts the text where another page begins (`weft-column-text`). Changes the tree in place.
 */
export function setColumns(body: Root, front: PaperFront): Root {
  const { columns, column } = paperOf(front)
  if (columns === 1) return body
  for (const section of [...elementsIn(body)]) {
    if (!classesOf(section).some((name) => name === 'weft-chapter' || name === 'weft-text')) continue
    const children = section.children.map((child) =>
      child.type === 'element' && widthOf(child) > column ? spanning(child) : child,
    )
    if (!children.some(isBreaking)) section.children = children
    else {
      section.properties = { ...section.properties, className: [...classesOf(section), 'weft-parted'] }
      section.children = partedAtBreaks(children)
    }
  }
  if (chaptersFlow(front)) for (const main of elementsIn(body)) if (main.tagName === 'main') flowOn(main)
  return body
}

type Child = Element['children'][number]

function isBreaking(child: Child): boolean {
  return child.type === 'element' && classesOf(child).some((name) => breaking.includes(name))
}

// The chapters of an article share their columns, which end level at its end.
function flowOn(main: Element): void {
  const children: Child[] = []
  let flow: Element | undefined
  for (const child of main.children) {
    const isText = child.type === 'text'
    const classes = child.type === 'element' ? classesOf(child) : []
    const isFlowing = classes.includes('weft-chapter') && !classes.includes('weft-parted')
    if (isFlowing && !flow) {
      flow = h('div', { className: ['weft-flow'] }, [])
      children.push(flow)
    }
    if (!isFlowing && !isText) flow = undefined
    ;(flow?.children ?? children).push(child)
  }
  main.children = children as Element['children']
}

function partedAtBreaks(children: readonly Child[]): Child[] {
  const parts: Child[] = []
  let text: Element | undefined
  for (const child of children) {
    if (isBreaking(child)) {
      parts.push(child)
      text = undefined
    } else if (text) text.children.push(child)
    else {
      text = h('section', { className: ['weft-column-text'] }, [child])
      parts.push(text)
    }
  }
  return parts
}

function spanning(element: Element): Element {
  const className = [...classesOf(element), 'weft-span']
  return { ...element, properties: { ...element.properties, className } }
}

/** Estimates the least width of a block in mm. */
function widthOf(block: Element): number {
  let widest = 0
  for (const element of elementsIn(block)) {
    if (element.tagName === 'table') widest = Math.max(widest, widthOfTable(element))
    if (element.tagName === 'svg' || element.tagName === 'img')
      widest = Math.max(widest, Number(element.properties.width ?? 0) * mmPerPx * mostShrink)
  }
  for (const { value } of rawIn(block))
    for (const [, width] of value.matchAll(/<svg[^>]*?\swidth="([\d.]+)(?:px)?"/g))
      widest = Math.max(widest, Number(width) * mmPerPx * mostShrink)
  return widest
}

function* rawIn(block: Element): Generator<{ readonly value: string }> {
  for (const element of elementsIn(block))
    for (const child of element.children) if (child.type === 'raw') yield child
}

function widthOfTable(table: Element): number {
  const widths: number[] = []
  for (const row of elementsIn(table)) {
    if (row.tagName !== 'tr') continue
    const cells = row.children.filter((child): child is Element => child.type === 'element')
    for (const [index, cell] of cells.entries()) {
      // Words wrap where the whole does not fit.
      const words = textContent(cell).split(/\s+/)
      const length = Math.max(...words.map((word) => word.length), Math.min(12, textContent(cell).length))
      widths[index] = Math.max(widths[index] ?? 0, length)
    }
  }
  return widths.reduce((sum, characters) => sum + characters * mmPerCharacter + mmPerCell, 0)
}
