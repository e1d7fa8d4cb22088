import type { Point } from './data-error.ts'
import type { Schema } from './schema.ts'
import { isPlainNumber, type Table } from './typed-rows.ts'

/** A column that stays text for a few fields that are no numbers. */
export interface MixedColumn {
  readonly column: string
  /** How many of its fields are numbers. */
  readonly numbers: number
  readonly others: number
  /** The first field that is none, and where it stands. */
  readonly first: string
  readonly place: Point
}

/** From this share of numbers on, words in a column are probably marks of missing values, or slips. */
const mostly = 0.8

/** Finds the columns of a text file, without those that its schema names, whose fields are numbers but for a few. */
export function mixedColumns({ columns, rows, placeOf }: Table, schema: Schema | undefined): MixedColumn[] {
  const none = ['', ...(schema?.missingValues ?? [])]
  return columns.flatMap((column): MixedColumn[] => {
    if (schema?.fields.some(({ name }) => name === column)) return []
    const fields = rows.map((row) => String(row[column] ?? '')).map((text, row) => ({ text, row }))
    const filled = fields.filter(({ text }) => !none.includes(text))
    const others = filled.filter(({ text }) => !isPlainNumber(text, schema?.decimalChar))
    const numbers = filled.length - others.length
    // Codes, such as postal codes, may begin with a zero, or be long.
    const areCodes = others.every(({ text }) => /^\d+$/.test(text))
    const [first] = others
    if (first === undefined || areCodes || numbers < mostly * filled.length) return []
    return [{ column, numbers, others: others.length, first: first.text, place: placeOf!(first.row, column) }]
  })
}
