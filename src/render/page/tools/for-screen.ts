import type { Element, ElementContent, Root } from 'hast'
import { type Formatter, formatterFor } from '../../model/formatter.ts'
import type { Json, RenderedReport } from '../../model/types.ts'
import { type Words, wordsFor } from '../../model/words.ts'
import type { BlockCache } from '../block-cache.ts'
import { classesOf, elementsIn, escapeHtml, h, textContent } from '../hast.ts'
import { packed } from '../pack.ts'
import { chartData } from './chart-data.ts'
import { plainCode } from './code-tokens.ts'
import { csvAddress, type DataTable, tableData, toCsv } from './data-table.ts'
import { screenDrawing } from './screen-drawing.ts'
import { mostRows, shownNumber } from './shown-data.ts'

type Outputs = Pick<RenderedReport, 'drawn' | 'tabled'>

/** Gives a copy of the frame of a body with a link past the contents, and with names for its parts. */
export function forScreen(frame: Root, words: Words, hasScripts: boolean): Root {
  const none: Context = { outputs: { drawn: [] }, ids: new Set(), words, hasScripts }
  const children = inChildren(frame.children as ElementContent[], none)
  const skip = h('a', { className: ['weft-skip', 'weft-screen'], href: '#weft-main' }, [
    { type: 'text', value: words.screen.skip },
  ])
  const lacking = h('noscript', {}, [
    h('p', { className: ['weft-noscript', 'weft-screen'] }, [
      { type: 'text', value: words.screen.noScripts },
    ]),
  ])
  return { ...frame, children: [skip, ...(hasScripts ? [lacking] : []), ...children] }
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
  /** Whether the page has programs that show data and mark code when they are asked for. */
  readonly hasScripts: boolean
  /** Keeps what was packed for the page. */
  readonly cache?: BlockCache
}

function inChildren(children: readonly ElementContent[], context: Context): ElementContent[] {
  return children.flatMap((child) => (child.type === 'element' ? inElement(child, context) : [child]))
}

function inElement(element: Element, around: Context): ElementContent[] {
  const { lang } = element.properties
  const context = typeof lang === 'string' ? { ...around, words: wordsFor(lang) } : around
  const classes = classesOf(element)
  if (classes.includes('weft-picture')) return [element]
  if (classes.includes('weft-figure')) return [withBox(element, context), ...figureTools(element, context)]
  if (context.hasScripts && element.tagName === 'details') return [withPlainCode(element, context)]
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

// Code that is folded has its marks in a list, until it is unfolded.
function withPlainCode(element: Element, context: Context): Element {
  const children = element.children.map((child): ElementContent => {
    if (child.type !== 'element') return child
    const [own] = child.children
    const plain = child.tagName === 'code' && own?.type === 'raw' ? plainCode(own.value) : undefined
    if (!plain) return withPlainCode(child, context)
    const properties = { ...child.properties, ...(plain.tokens === '' ? {} : { dataTokens: plain.tokens }) }
    return { ...child, properties, children: [{ type: 'raw', value: plain.markup }] }
  })
  // A listing of a whole file is long, and stands folded where a link to it unfolds it.
  const { open, ...folded } = element.properties
  const properties = classesOf(element).includes('weft-source') ? folded : element.properties
  return { ...named({ ...element, properties }, context.words), children }
}

// The box scrolls where the screen is narrower than the drawing, and is where keys reach it.
function withBox(figure: Element, { words, outputs, cache }: Context): Element {
  const isCaption = (child: ElementContent) => child.type === 'element' && child.tagName === 'figcaption'
  const isDrawn = outputs.drawn.some(({ id }) => id === figure.properties.id)
  const drawing = figure.children
    .filter((child) => !isCaption(child))
    .map((child) => onScreen(child, isDrawn, cache))
  const label = words.screen.drawingOf(nameOfOutput(figure, words))
  const className = ['weft-drawing', ...(drawing.some(({ isLight }) => isLight) ? ['weft-light'] : [])]
  const properties = { className, tabIndex: 0, role: 'group', ariaLabel: label }
  const box = h(
    'div',
    properties,
    drawing.map(({ child }) => child),
  )
  return { ...figure, children: [box, ...figure.children.filter(isCaption)] }
}

// What authors drew themselves keeps its colours, on the ground that they saw.
function onScreen(
  child: ElementContent,
  isDrawn: boolean,
  cache: BlockCache | undefined,
): { child: ElementContent; isLight: boolean } {
  if (child.type !== 'raw') return { child, isLight: child.type === 'element' }
  if (!isDrawn) return { child, isLight: true }
  const { markup, followsScheme } = screenDrawing(child.value, cache)
  return { child: { ...child, value: markup }, isLight: !followsScheme }
}

function figureTools(figure: Element, { outputs, ids, words, hasScripts, cache }: Context): Element[] {
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
    hasScripts,
    cache,
  })
}

function tableTools(table: Element, { outputs, ids, words, hasScripts, cache }: Context): Element[] {
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
    hasScripts,
    cache,
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
  readonly hasScripts: boolean
  readonly cache: BlockCache | undefined
}

/** Makes what stands below an output on a screen: its data in a fold and as CSV, and a link to its code. */
function toolbar({ id, name, cell, data, isFolded, words, hasScripts, cache }: Tools): Element[] {
  if (!data && cell === undefined) return []
  const csv = data ? toCsv(data) : ''
  const links = [
    ...(data ? [csvLink(id, words.screen.csvOf(name), hasScripts ? undefined : csvAddress(csv))] : []),
    ...(cell === undefined
      ? []
      : [link(words.output.code, { href: `#${cell}`, ariaLabel: words.screen.codeOf(name) })]),
  ]
  const fold = data && isFolded ? [dataFold(name, data, { words, hasScripts })] : []
  const className = ['weft-tools', 'weft-screen']
  const properties = {
    className,
    dataFor: id,
    ...(data && hasScripts ? { dataCsv: packed(csv, cache) } : {}),
  }
  return [h('div', properties, [...fold, h('div', { className: ['weft-links'] }, links)])]
}

// A program gives the link its address when it is pressed.
function csvLink(id: string, label: string, address: string | undefined): Element {
  const href = address ?? 'data:text/csv,'
  return link('CSV', { className: ['weft-csv'], href, download: `${id}.csv`, ariaLabel: label })
}

function dataFold(
  name: string,
  data: DataTable,
  { words, hasScripts }: { readonly words: Words; readonly hasScripts: boolean },
): Element {
  const { screen } = words
  const count = data.rows.length
  const label = screen.dataOf(name)
  const summary = h('summary', {}, [{ type: 'text', value: `${label} (${screen.rows(count)})` }])
  const className = ['weft-screen', 'weft-data']
  if (hasScripts) {
    const rest = count > mostRows ? { dataRest: screen.firstRows(mostRows, count) } : {}
    return h('details', { className, dataLabel: label, ...rest }, [summary])
  }
  const rows = { type: 'raw', value: dataMarkup(data, name, words) } as const
  return h('details', { className }, [summary, rows])
}

function link(text: string, properties: Element['properties']): Element {
  return h('a', properties, [{ type: 'text', value: text }])
}

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

function textOf(value: Json, formatter: Formatter): string {
  if (value === null) return ''
  if (typeof value === 'number') return shownNumber(value, formatter)
  if (typeof value === 'string' && midnight.test(value)) return formatter.day(new Date(value))
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
