import type { Element, Root } from 'hast'
import { visit } from 'unist-util-visit'
import { textOf } from './hast.ts'

/** Ties each table to its caption, and says of its headings what they head; changes the tree in place. */
export function nameTables(tree: Root): void {
  visit(tree, 'element', (element: Element) => {
    if (element.tagName === 'figure') nameByCaption(element)
    if (element.tagName === 'table') scopeHeadings(element)
  })
}

function nameByCaption(figure: Element): void {
  const { id } = figure.properties
  if (typeof id !== 'string') return
  const inside = (tagName: string) =>
    figure.children.find((child): child is Element => child.type === 'element' && child.tagName === tagName)
  const [caption, table] = [inside('figcaption'), inside('table')]
  if (!caption || !table) return
  caption.properties.id ??= `${id}-caption`
  table.properties.ariaLabelledBy = [String(caption.properties.id)]
}

// Markdown's own tables say nothing of scope, and may have an empty corner, which heads nothing.
function scopeHeadings(table: Element): void {
  visit(table, 'element', (cell: Element, _index, row) => {
    if (cell.tagName !== 'th') return
    if (textOf(cell).trim() === '' && !hasMarkup(cell)) cell.tagName = 'td'
    else if (row?.type === 'element') cell.properties.scope ??= 'col'
  })
}

function hasMarkup(cell: Element): boolean {
  return cell.children.some((child) => child.type !== 'text')
}
