import type { Element } from 'hast'
import type { Json } from '../../model/types.ts'
import { escapeHtml, h } from '../hast.ts'
import type { DataTable } from './data-table.ts'
import { csvAddress, toCsv } from './data-table.ts'

interface Tools {
  readonly id: string
  /** As the caption calls it: `Figure 3`. */
  readonly name: string
  /** Id of the code that made it, where the page has it. */
  readonly cell: string | undefined
  readonly data: DataTable | undefined
  /** Whether the data are shown in a fold; a table shows them itself. */
  readonly isFolded: boolean
}

/** Makes what stands below an output on a screen: its data in a fold and as CSV, and a link to its code. */
export function toolbar({ id, name, cell, data, isFolded }: Tools): Element[] {
  if (!data && cell === undefined) return []
  const links = [
    ...(data ? [csvLink(id, name, data)] : []),
    ...(cell === undefined ? [] : [link('Code', { href: `#${cell}`, ariaLabel: `Code of ${name}` })]),
  ]
  const fold = data && isFolded ? [dataFold(name, data)] : []
  const className = ['weft-tools', 'weft-screen']
  return [h('div', { className, dataFor: id }, [...fold, h('div', { className: ['weft-links'] }, links)])]
}

function csvLink(id: string, name: string, data: DataTable): Element {
  const address = csvAddress(toCsv(data))
  return link('CSV', { href: address, download: `${id}.csv`, ariaLabel: `CSV file of the data of ${name}` })
}

function dataFold(name: string, data: DataTable): Element {
  const count = data.rows.length
  const text = `Data of ${name} (${count} ${count === 1 ? 'row' : 'rows'})`
  const summary = h('summary', {}, [{ type: 'text', value: text }])
  const rows = { type: 'raw', value: dataMarkup(data, name) } as const
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
export function dataMarkup({ columns, rows }: DataTable, name: string): string {
  const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('')
  const isNumeric = columns.map((_, index) =>
    rows.every((row) => row[index] === null || typeof row[index] === 'number'),
  )
  const body = rows
    .slice(0, mostRows)
    .map((row) => `<tr>${row.map((value, index) => cell(value, isNumeric[index]!)).join('')}</tr>`)
  const rest =
    rows.length > mostRows
      ? `<p>The first ${mostRows} of ${rows.length} rows; the CSV file has them all.</p>`
      : ''
  const label = escapeHtml(`Data of ${name}`)
  return `<div class="weft-rows" tabindex="0" role="region" aria-label="${label}"><table aria-label="${label}"><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>${rest}`
}

function cell(value: Json, isNumber: boolean): string {
  return `<td${isNumber ? ' class="align-right"' : ''}>${escapeHtml(roundedValue(value))}</td>`
}

function roundedValue(value: Json): string {
  if (value === null) return ''
  if (typeof value === 'number')
    return String(Number.isInteger(value) ? value : Number(value.toPrecision(digits)))
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
