import type { Element, Root } from 'hast'
import { SKIP, visit } from 'unist-util-visit'
import { classesOf, h } from './hast.ts'

const manyColumns = 8

/** Puts each table in a box that scrolls where the screen is narrower; one of many columns is set smaller. */
export function boxTables(tree: Root): void {
  visit(tree, 'element', (table: Element, index, parent) => {
    if (table.tagName !== 'table' || parent === undefined || index === undefined) return
    const size = columnsOf(table) > manyColumns ? ['weft-small'] : []
    table.properties.className = [...classesOf(table), ...size]
    parent.children[index] = h('div', { className: ['weft-scroll'] }, [table])
    return SKIP
  })
}

function columnsOf(table: Element): number {
  let most = 0
  visit(table, 'element', (row: Element) => {
    if (row.tagName === 'tr')
      most = Math.max(most, row.children.filter((cell) => cell.type === 'element').length)
  })
  return most
}
