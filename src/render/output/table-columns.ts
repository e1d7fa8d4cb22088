import { assertKnown } from '../charts/assert-options.ts'
import { found, listed } from '../model/found.ts'
import { nearest, suggestion } from '../model/nearest.ts'
import { titleOfKey } from '../model/output-types.ts'
import type { TableColumn } from '../model/types.ts'

export type Align = TableColumn['align']

/** Keys, key -> heading, or columns in full. */
export type Columns =
  | readonly (string | { readonly key: string; readonly title?: string; readonly align?: Align })[]
  | { readonly [key: string]: string }

/** A record, whose members are the cells of a row. */
export type Row = { readonly [key: string]: unknown }

/** A column before its alignment is known. */
export interface WantedColumn {
  readonly key: string
  readonly title: string
  readonly align?: Align
}

const MEMBERS = ['key', 'title', 'align'] as const
const ALIGNS = ['left', 'right', 'center'] as const

/** Says whether a row has a member; what every object inherits is none. */
export function hasMember(row: Row, key: string): boolean {
  return Object.hasOwn(row, key) || (key in row && !(key in Object.prototype))
}

/**
 * Gives the columns of a table: those that are wanted, or else the members of all rows, in the order in which they
 * first appear. Throws if a wanted column is in no row, if a row seems to misspell it, or if its place is unknown.
 */
export function columnsOf(rows: readonly Row[], wanted: Columns | undefined): WantedColumn[] {
  const keys = keysOf(rows)
  const columns = wanted === undefined ? keys.map(untitled) : listOf(wanted)
  if (columns.length === 0) throw new Error('Cannot make a table, expected rows or columns, found none')
  const twice = columns.find(({ key }, index) => columns.findIndex((other) => other.key === key) < index)
  if (twice !== undefined)
    throw new Error(`Cannot make a table, expected each column once, found "${twice.key}" twice`)
  const wantedKeys = columns.map(({ key }) => key)
  for (const key of wantedKeys) assertInRows(rows, key, { keys, wantedKeys })
  for (const [index, row] of rows.entries())
    if (!wantedKeys.some((key) => hasMember(row, key)))
      throw new Error(
        `Cannot make a table, expected one of the columns ${listed(wantedKeys)} in row ${index + 1}, found ${found(row)}`,
      )
  return columns
}

// JavaScript puts keys that are whole numbers before all others. In a row they are mostly values of a factor.
function keysOf(rows: readonly Row[]): string[] {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return [...keys.filter((key) => !isIndex(key)), ...keys.filter(isIndex)]
}

function isIndex(key: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(key) && Number(key) < 2 ** 32 - 1
}

interface Keys {
  /** Of all rows. */
  readonly keys: readonly string[]
  readonly wantedKeys: readonly string[]
}

function assertInRows(rows: readonly Row[], key: string, { keys, wantedKeys }: Keys): void {
  if (rows.length > 0 && !rows.some((row) => hasMember(row, key)))
    throw new Error(
      `Cannot find column "${key}" in any row, expected one of ${listed(keys)}${suggestion(key, keys)}`,
    )
  for (const [index, row] of rows.entries()) {
    if (hasMember(row, key)) continue
    const near = nearest(
      key,
      Object.keys(row).filter((other) => !wantedKeys.includes(other)),
    )
    if (near !== undefined)
      throw new Error(
        `Cannot find column "${key}" in row ${index + 1}, found "${near}": write it the same way in all rows, or null for a dash`,
      )
  }
}

function listOf(wanted: Columns): WantedColumn[] {
  if (!Array.isArray(wanted)) return titledBy(wanted as { readonly [key: string]: string })
  return Array.from(wanted, (column: unknown, index) => {
    const path = `options.columns[${index}]`
    if (typeof column === 'string') return untitled(column)
    assertKnown('table', column, MEMBERS, path)
    const { key, title = titleOfKey(String(key)), align } = (column ?? {}) as Partial<WantedColumn>
    if (typeof key !== 'string')
      throw new Error(`table: expected the key of a column at ${path}, found ${found(key)}`)
    assertTitle(title, `${path}.title`)
    if (align !== undefined && !ALIGNS.includes(align))
      throw new Error(`table: expected ${ALIGNS.join(', ')} at ${path}.align, found ${found(align)}`)
    return { key, title, ...(align === undefined ? {} : { align }) }
  })
}

function titledBy(wanted: { readonly [key: string]: string }): WantedColumn[] {
  if (typeof wanted !== 'object' || wanted === null)
    throw new Error(`table: expected keys, or headings by key, at options.columns, found ${found(wanted)}`)
  const columns = Object.entries(wanted).map(([key, title]) => ({ key, title }))
  for (const { key, title } of columns) assertTitle(title, `options.columns.${key}`)
  const index = columns.find(({ key }) => isIndex(key))
  if (index === undefined || columns.length === 1) return columns
  const list = columns.map(
    (column) => `{ key: ${JSON.stringify(column.key)}, title: ${JSON.stringify(column.title)} }`,
  )
  throw new Error(
    `Cannot keep the order of the columns, JavaScript puts keys that are whole numbers, as ${index.key}, before others: give them as a list in your order, \`columns: [${listed(list, 4)}]\``,
  )
}

function assertTitle(title: unknown, path: string): asserts title is string {
  if (typeof title !== 'string')
    throw new Error(`table: expected a heading at ${path}, found ${found(title)}`)
}

function untitled(key: string): WantedColumn {
  return { key, title: titleOfKey(key) }
}
