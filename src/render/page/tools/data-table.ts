import { isSpread } from '../../model/spread.ts'
import type { Json, Table } from '../../model/types.ts'

/** What a figure or a table shows, as rows under headings. */
export interface DataTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Json[])[]
}

const parts = ['mean', 'std', 'n', 'min', 'max'] as const

/** Gives the values of a table as they were computed; a column of Spreads becomes one column a member. */
export function tableData({ columns, rows }: Table): DataTable {
  const found = columns.map(({ key }) => {
    const values = rows.map((row) => row[key]?.raw ?? null)
    return values.some((value) => isSpread(value)) ? spreadColumns(key, values) : [{ name: key, values }]
  })
  const flat = found.flat()
  return {
    columns: flat.map(({ name }) => name),
    rows: rows.map((_, index) => flat.map(({ values }) => values[index]!)),
  }
}

interface Column {
  readonly name: string
  readonly values: readonly Json[]
}

function spreadColumns(key: string, values: readonly Json[]): Column[] {
  return parts.map((part) => ({
    name: `${key} ${part}`,
    values: values.map((value) => {
      if (isSpread(value)) return (value as unknown as { readonly [part: string]: number })[part] ?? null
      return part === 'mean' ? value : null
    }),
  }))
}
