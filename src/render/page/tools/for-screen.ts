import type { Element, ElementContent, Root } from 'hast'
import { type Formatter, formatterFor } from '../../model/formatter.ts'
import type { Json, RenderedReport } from '../../model/types.ts'
import { type Words, wordsFor } from '../../model/words.ts'
import { classesOf, elementsIn, escapeHtml, h, textContent } from '../hast.ts'
import { chartData } from './chart-data.ts'
import { csvAddress, type DataTable, tableData, toCsv } from './data-table.ts'

type Outputs = Pick<RenderedReport, 'drawn' | 'tabled'>

/** Gives a copy of the frame of a body with a link past the contents, and with names for its parts. */
export function forScreen(frame: Root, words: Words): Root {
  const none: Context = { outputs: { drawn: [] }, ids: new Set(), words }
  const children = inChildren(frame.children as ElementContent[], none)
  const skip = h('a', { className: ['weft-skip', 'weft-screen'], href: '#weft-main' }, [
    { type: 'text', value: words.screen.skip },
  ])
  return { ...frame, children: [skip, ...children] }
}

/**
 * Gives a copy of nodes of a chapter with what only a screen can use: a box for each drawing, and below each figure
 * and table its data and the way to its cell. Elements that stay as they are, are shared.
 */
export function screenNodes(nodes: readonly ElementContent[], context: Context): ElementContent[] {
  return inChildren(nodes, context)
}

interface Context {
  readonly outputs: Outputs
  /** All ids of the page. */
  readonly ids: ReadonlySet<string>
  /** The page's own words in the language of the nodes. */
  readonly words: Words
}

function inChildren(children: readonly ElementContent[], context: Context): ElementContent[] {
  return children.flatMap((child) => (child.type === 'element' ? inElement(child, context) : [child]))
}

function inElement(element: Element, around: Context): ElementContent[] {
  const { lang } = element.properties
  const context = typeof lang === 'string' ? { ...around, words: wordsFor(lang) } : around
  const classes = classesOf(element)
  if (classes.includes('weft-picture')) return [element]
  if (classes.includes('weft-figure'))
    return [withBox(element, context.words), ...figureTools(element, context)]
  if (classes.includes('weft-table')) return [element, ...tableTools(element, context)]
  return [{ ...named(element, context.words), children: inChildren(element.children, context) }]
}

// What a reader who sees no page is told of its parts.
function named(element: Element, { screen }: Words): Element {
  const { tagName, properties } = element
  if (tagName === 'main') return { ...element, properties: { id: 'weft-main', tabIndex: -1, ...properties } }
  if (tagName === 'input' && properties.type === 'checkbox')
    return { ...element, properties: { ariaLabel: screen.done, ...properties } }
  if (!classesOf(element).includes('weft-notice')) return element
  const { role, ...rest } = properties
  return { ...element, tagName: 'aside', properties: { ...rest, ariaLabel: screen.notice } }
}

// The box scrolls where the screen is narrower than the drawing, and is where keys reach it.
function withBox(figure: Element, words: Words): Element {
  const isCaption = (child: ElementContent) => child.type === 'element' && child.tagName === 'figcaption'
  const drawing = figure.children.filter((child) => !isCaption(child)).map(withoutRoles)
  const label = words.screen.drawingOf(nameOfOutput(figure, words))
  const box = h('div', { className: ['weft-drawing'], tabIndex: 0, role: 'group', ariaLabel: label }, drawing)
  return { ...figure, children: [box, ...figure.children.filter(isCaption)] }
}

// Vega calls every group of marks a graphic; the drawing is one image, with one alternative text.
function withoutRoles(child: ElementContent): ElementContent {
  if (child.type !== 'raw') return child
  const value = child.value.replace(/ role="graphics-[a-z]+" aria-roledescription="[^"]*"/g, '')
  return { ...child, value }
}

function figureTools(figure: Element, { outputs, ids, words }: Context): Element[] {
  const id = String(figure.properties.id ?? '')
  const drawn = outputs.drawn.find((one) => one.id === id)
  const data = drawn && chartData(drawn.spec)
  return toolbar({
    id,
    name: nameOfOutput(figure, words),
    cell: cellOf(id, ids),
    data,
    isFolded: true,
    words,
  })
}

function tableTools(table: Element, { outputs, ids, words }: Context): Element[] {
  const id = String(table.properties.id ?? '')
  const tabled = outputs.tabled?.find((one) => one.id === id)
  const data = tabled && tableData(tabled.table)
  return toolbar({
    id,
    name: nameOfOutput(table, words),
    cell: cellOf(id, ids),
    data,
    isFolded: false,
    words,
  })
}

// A cell's first output has its label as its id, the others a number after it.
function cellOf(id: string, ids: ReadonlySet<string>): string | undefined {
  return [`cell-${id}`, `cell-${id.replace(/-\d+$/, '')}`].find((cell) => ids.has(cell))
}

function nameOfOutput(output: Element, { screen }: Words): string {
  let name = ''
  for (const element of elementsIn(output))
    if (name === '' && classesOf(element).includes('weft-number'))
      name = textContent(element).replace(/\.$/, '')
  return name || String(output.properties.id ?? screen.thisOutput)
}

interface Tools {
  readonly id: string
  /** As the caption calls it: `Figure 3`. */
  readonly name: string
  /** Id of the code that made it, where the page has it. */
  readonly cell: string | undefined
  readonly data: DataTable | undefined
  /** Whether the data are shown in a fold; a table shows them itself. */
  readonly isFolded: boolean
  readonly words: Words
}

/** Makes what stands below an output on a screen: its data in a fold and as CSV, and a link to its code. */
function toolbar({ id, name, cell, data, isFolded, words }: Tools): Element[] {
  if (!data && cell === undefined) return []
  const links = [
    ...(data ? [csvLink(id, data, words.screen.csvOf(name))] : []),
    ...(cell === undefined
      ? []
      : [link(words.output.code, { href: `#${cell}`, ariaLabel: words.screen.codeOf(name) })]),
  ]
  const fold = data && isFolded ? [dataFold(name, data, words)] : []
  const className = ['weft-tools', 'weft-screen']
  return [h('div', { className, dataFor: id }, [...fold, h('div', { className: ['weft-links'] }, links)])]
}

function csvLink(id: string, data: DataTable, label: string): Element {
  const address = csvAddress(toCsv(data))
  return link('CSV', { href: address, download: `${id}.csv`, ariaLabel: label })
}

function dataFold(name: string, data: DataTable, words: Words): Element {
  const { screen } = words
  const text = `${screen.dataOf(name)} (${screen.rows(data.rows.length)})`
  const summary = h('summary', {}, [{ type: 'text', value: text }])
  const rows = { type: 'raw', value: dataMarkup(data, name, words) } as const
  return h('details', { className: ['weft-screen', 'weft-data'] }, [summary, rows])
}

function link(text: string, properties: Element['properties']): Element {
  return h('a', properties, [{ type: 'text', value: text }])
}

const mostRows = 200
const digits = 5

/**
 * Writes a table as HTML, its numbers rounded to five digits, with at most 200 rows and a word on how many there
 * are. As markup: a page has thousands of these cells.
 */
export function dataMarkup({ columns, rows }: DataTable, name: string, { screen, lang }: Words): string {
  const formatter = formatterFor(lang)
  const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('')
  const isNumeric = columns.map((_, index) =>
    rows.every((row) => row[index] === null || typeof row[index] === 'number'),
  )
  const body = rows
    .slice(0, mostRows)
    .map(
      (row) =>
        `<tr>${row.map((value, index) => cell(textOf(value, formatter), isNumeric[index]!)).join('')}</tr>`,
    )
  const rest = rows.length > mostRows ? `<p>${escapeHtml(screen.firstRows(mostRows, rows.length))}</p>` : ''
  const label = escapeHtml(screen.dataOf(name))
  return `<div class="weft-rows" tabindex="0" role="region" aria-label="${label}"><table aria-label="${label}"><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>${rest}`
}

function cell(text: string, isNumber: boolean): string {
  return `<td${isNumber ? ' class="align-right"' : ''}>${escapeHtml(text)}</td>`
}

// A day of a chart is an instant in its data.
const midnight = /^\d{4}-\d{2}-\d{2}T00:00:00\.000Z$/

function textOf(value: Json, { numbers, day }: Formatter): string {
  if (value === null) return ''
  if (typeof value === 'number')
    return numbers(String(Number.isInteger(value) ? value : Number(value.toPrecision(digits))))
  if (typeof value === 'string' && midnight.test(value)) return day(new Date(value))
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
