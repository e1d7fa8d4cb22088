import type { Element, Root } from 'hast'
import { SKIP, visit } from 'unist-util-visit'
import { classesOf, h, textOf } from './hast.ts'

/** How tables are set, the roomiest first: how many em the printed page is wide, and the padding of a column. */
const sizes = [
  { classes: [], roomEm: 50, paddingEm: 1.53 },
  { classes: ['weft-tight'], roomEm: 49, paddingEm: 0.9 },
  { classes: ['weft-small'], roomEm: 58, paddingEm: 0.84 },
  { classes: ['weft-tiny'], roomEm: 67, paddingEm: 0.65 },
  { classes: ['weft-least'], roomEm: 80, paddingEm: 0.54 },
] as const

/** A column of texts is not made narrower than this while a smaller size of type would do. */
const comfortableEm = 9

/** A word of more characters may break anywhere. */
const longestWord = 28

/** Puts each table in a box that scrolls where the screen is narrower; one too wide for paper is set smaller. */
export function boxTables(tree: Root): void {
  visit(tree, 'element', (table: Element, index, parent) => {
    if (table.tagName !== 'table' || parent === undefined || index === undefined) return
    const rows = rowsOf(table)
    for (const cell of rows.flat()) markLong(cell)
    table.properties.className = [...classesOf(table), ...sizeOf(rows)]
    parent.children[index] = h('div', { className: ['weft-scroll'] }, [table])
    return SKIP
  })
}

function sizeOf(rows: readonly Element[][]): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const needsEm = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...rows.map((row) => (row[column] ? neededEm(row[column]) : 0))),
  ).reduce((sum, em) => sum + em, 0)
  const fitting = sizes.find(({ roomEm, paddingEm }) => needsEm + columns * paddingEm <= roomEm)
  return (fitting ?? sizes.at(-1)!).classes
}

// Words may stand one below the other, numbers may not.
function neededEm(cell: Element): number {
  const text = seenText(cell)
  const pads = padsOf(cell)
  if (classesOf(cell).includes('weft-numeric')) return widthEm(text + pads)
  const words = text.split(/[ \n\t]/u)
  const longest = Math.max(...words.map((word) => (word.length > longestWord ? 0 : widthEm(word))))
  return Math.max(longest, Math.min(widthEm(text), cell.tagName === 'th' ? longest : comfortableEm))
}

// Without what is only read aloud.
function seenText(node: Element): string {
  return node.children
    .map((child) => {
      if (child.type !== 'element') return textOf(child)
      return classesOf(child).includes('sr-only') ? '' : seenText(child)
    })
    .join('')
}

function markLong(cell: Element): void {
  const isLong = textOf(cell)
    .split(/\s/u)
    .some((word) => word.length > longestWord)
  if (isLong) cell.properties.className = [...classesOf(cell), 'weft-long']
}

function rowsOf(table: Element): Element[][] {
  const rows: Element[][] = []
  visit(table, 'element', (row: Element) => {
    if (row.tagName === 'tr') rows.push(row.children.filter((cell) => cell.type === 'element'))
  })
  return rows
}

function padsOf(cell: Element): string {
  let pads = ''
  visit(cell, 'element', ({ properties }: Element) => {
    pads += typeof properties.dataPad === 'string' ? properties.dataPad : ''
  })
  return pads
}

// Of Source Sans 3, roughly, and rather too much than too little.
function widthEm(text: string): number {
  return [...text].reduce((sum, character) => sum + characterEm(character), 0)
}

function characterEm(character: string): number {
  if (/[\s.,:;'|!ijlI()[\]]/u.test(character)) return 0.27
  if (/[mw%@MW]/u.test(character)) return 0.84
  return /\p{Lu}/u.test(character) ? 0.62 : 0.515
}
