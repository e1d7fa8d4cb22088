import type { ShownCell } from '../check/judgement.ts'
import type { Row } from './align-rows.ts'
import { outputOf } from './outputs.ts'
import type { Version } from './version.ts'

/** A table of one version as rows and columns, made from the places of the lock. */
export interface Grid {
  readonly isPlain: boolean
  readonly keys: readonly string[]
  readonly rows: readonly Row[]
  cellAt(row: number, key: string): ShownCell | undefined
  /** The heading of a column; its key if the results are not kept. */
  titleOf(key: string): string
  /** Whether most of a column are numbers. */
  isNumeric(key: string): boolean
}

/** Gives a table or plain output of a version as a grid; undefined if the version has none. */
export function gridOf(id: string, version: Version): Grid | undefined {
  if (!Object.hasOwn(version.locked.tables, id)) return undefined
  const cells = new Map<string, ShownCell>()
  const keys = new Set<string>()
  let length = 0
  for (const [place, cell] of Object.entries(version.locked.tables[id]!)) {
    const [, row = '0', key = ''] = /^\[(\d+)\]\.(.*)$/s.exec(place) ?? []
    cells.set(`${row} ${key}`, cell)
    keys.add(key)
    length = Math.max(length, Number(row) + 1)
  }
  const output = outputOf(id, version)
  const titles = new Map(output?.kind === 'table' ? output.columns.map(({ key, title }) => [key, title]) : [])
  const list = [...keys]
  const cellAt = (row: number, key: string) => cells.get(`${row} ${key}`)
  const indices = Array.from({ length }, (_, index) => index)
  const isNumeric = (key: string) => indices.filter((row) => isNumber(cellAt(row, key))).length * 2 > length
  const first = list.findIndex(isNumeric)
  const naming = list.slice(0, first < 0 ? 1 : Math.max(first, 1))
  const rows = indices.map(
    (index): Row => ({
      name: naming.map((key) => cellAt(index, key)?.text ?? '').join(', '),
      isNumber: naming.every(isNumeric),
      texts: list.map((key) => cellAt(index, key)?.text ?? ''),
    }),
  )
  return {
    isPlain: list.length === 1 && list[0] === '',
    keys: list,
    rows: list.length === 1 && list[0] === '' ? rows.map((row) => ({ ...row, name: '' })) : rows,
    cellAt,
    titleOf: (key) => plainTitle(titles.get(key) ?? key),
    isNumeric,
  }
}

/** Says whether a cell of a table is a number or a Spread, not a text. */
export function isNumber(cell: ShownCell | undefined): boolean {
  return typeof cell?.raw === 'number' || (typeof cell?.raw === 'object' && cell.raw !== null)
}

// Headings are Markdown.
function plainTitle(title: string): string {
  return title.replace(/\\(.)|[*`$]/g, '$1')
}
