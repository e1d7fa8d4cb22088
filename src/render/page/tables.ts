import type { Element, Root } from 'hast'
import type { VFile } from 'vfile'
import { warn } from '../model/messages.ts'
import { SKIP, visit } from '../model/visit.ts'
import { classesOf, elementsIn, h, textContent } from './hast.ts'

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

/** A page on its side is as many times wider. */
const lyingTimes = 1.5

/** A word of more characters may break anywhere. */
const longestWord = 28

/**
 * Puts each table in a box that scrolls where the screen is narrower; one too wide for paper is set smaller, and
 * warned of where the smallest type is too large (`output-renders`).
 */
export function boxTables(tree: Root, file: VFile): void {
  scopeHeadings(tree)
  const lying = new Set(
    [...elementsIn(tree)]
      .filter((element) => classesOf(element).includes('weft-landscape'))
      .flatMap((element) => [...elementsIn(element)]),
  )
  visit(tree, 'element', (table: Element, index, parent) => {
    if (table.tagName !== 'table' || parent === undefined || index === undefined) return
    const rows = rowsOf(table)
    for (const cell of rows.flat()) markLong(cell)
    const times = lying.has(table) ? lyingTimes : 1
    const size = sizeOf(rows, times)
    table.properties.className = [...classesOf(table), ...(size ?? smallest).classes]
    if (size === undefined && !canWrap(rows, times)) reportWide(rows, file, table.position)
    parent.children[index] = h('div', { className: ['weft-scroll'] }, [table])
    return SKIP
  })
}

// Says of the headings of tables what they head.
function scopeHeadings(tree: Root): void {
  for (const table of elementsIn(tree)) if (table.tagName === 'table') scopeCells(table)
}

// Markdown's own tables say nothing of scope, and may have an empty corner, which heads nothing.
function scopeCells(table: Element): void {
  visit(table, 'element', (cell: Element, _index, row) => {
    if (cell.tagName !== 'th') return
    if (textContent(cell).trim() === '' && !hasMarkup(cell)) cell.tagName = 'td'
    else if (row?.type === 'element') cell.properties.scope ??= 'col'
  })
}

function hasMarkup(cell: Element): boolean {
  return cell.children.some((child) => child.type !== 'text')
}

const smallest = sizes.at(-1)!

function sizeOf(rows: readonly Element[][], times: number): (typeof sizes)[number] | undefined {
  const columns = columnsOf(rows)
  const needed = neededBy(rows, comfortableEm)
  return sizes.find(({ roomEm, paddingEm }) => needed + columns * paddingEm <= roomEm * times)
}

// What is estimated too wide by a little still fits.
function canWrap(rows: readonly Element[][], times: number): boolean {
  return neededBy(rows, 0) + columnsOf(rows) * smallest.paddingEm <= 1.1 * smallest.roomEm * times
}

function reportWide(rows: readonly Element[][], file: VFile, place: Element['position']): void {
  const needed = neededBy(rows, 0) + columnsOf(rows) * smallest.paddingEm
  const times = (needed / smallest.roomEm).toFixed(1)
  const reason = `Cannot print a table of ${columnsOf(rows)} columns whole, in the smallest type it is ${times} times as wide as a page: leave out columns or digits`
  warn(file, 'output-renders', reason, place)
}

function columnsOf(rows: readonly Element[][]): number {
  return Math.max(0, ...rows.map((row) => row.length))
}

function neededBy(rows: readonly Element[][], textEm: number): number {
  return Array.from({ length: columnsOf(rows) }, (_, column) =>
    Math.max(0, ...rows.map((row) => (row[column] ? neededEm(row[column], textEm) : 0))),
  ).reduce((sum, em) => sum + em, 0)
}

// Words may stand one below the other, numbers may not.
function neededEm(cell: Element, textEm: number): number {
  const text = seenText(cell)
  const pads = padsOf(cell)
  if (classesOf(cell).includes('weft-numeric')) return widthEm(text + pads)
  const words = text.split(/[ \n\t]/u)
  const longest = Math.max(...words.map((word) => (word.length > longestWord ? 0 : widthEm(word))))
  return Math.max(longest, Math.min(widthEm(text), cell.tagName === 'th' ? longest : textEm))
}

// Without what is only read aloud.
function seenText(node: Element): string {
  return node.children
    .map((child) => {
      if (child.type !== 'element') return textContent(child)
      return classesOf(child).includes('sr-only') ? '' : seenText(child)
    })
    .join('')
}

function markLong(cell: Element): void {
  const isLong = textContent(cell)
    .split(/\s/u)
    .some((word) => word.length > longestWord)
  if (isLong) cell.properties.className = [...classesOf(cell), 'weft-long']
}

function rowsOf(table: Element): Element[][] {
  return [...elementsIn(table)]
    .filter(({ tagName }) => tagName === 'tr')
    .map((row) => row.children.filter((cell) => cell.type === 'element'))
}

function padsOf(cell: Element): string {
  return [...elementsIn(cell)]
    .map(({ properties: { dataPad } }) => (typeof dataPad === 'string' ? dataPad : ''))
    .join('')
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
