import type { Element, Root } from 'hast'
import { visit } from 'unist-util-visit'
import { elementsIn, textOf } from './hast.ts'

/**
 * Ties each table of a page to its caption, by an id that nothing else there has; changes the trees in place, once
 * all else has its id.
 */
export function nameTables(trees: readonly Root[]): void {
  const taken = new Set<string>()
  for (const tree of trees)
    for (const { properties } of elementsIn(tree))
      if (typeof properties.id === 'string') taken.add(properties.id)
  for (const tree of trees)
    for (const element of elementsIn(tree)) if (element.tagName === 'figure') nameByCaption(element, taken)
}

/** Says of the headings of tables what they head; changes the tree in place. */
export function scopeHeadings(tree: Root): void {
  for (const table of elementsIn(tree)) if (table.tagName === 'table') scopeCells(table)
}

function nameByCaption(figure: Element, taken: Set<string>): void {
  const caption = first(figure, 'figcaption')
  const table = first(figure, 'table')
  if (!caption || !table) return
  const { id } = figure.properties
  caption.properties.id ??= freeId(typeof id === 'string' ? `${id}-caption` : 'weft-caption', taken)
  table.properties.ariaLabelledBy = [String(caption.properties.id)]
}

function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted
  for (let count = 2; taken.has(id); count++) id = `${wanted}-${count}`
  taken.add(id)
  return id
}

// A table may have a box of its own by now.
function first(figure: Element, tagName: string): Element | undefined {
  for (const element of elementsIn(figure)) if (element.tagName === tagName) return element
  return undefined
}

// Markdown's own tables say nothing of scope, and may have an empty corner, which heads nothing.
function scopeCells(table: Element): void {
  visit(table, 'element', (cell: Element, _index, row) => {
    if (cell.tagName !== 'th') return
    if (textOf(cell).trim() === '' && !hasMarkup(cell)) cell.tagName = 'td'
    else if (row?.type === 'element') cell.properties.scope ??= 'col'
  })
}

function hasMarkup(cell: Element): boolean {
  return cell.children.some((child) => child.type !== 'text')
}
