import type { Value } from '../data/convert.ts'
import type { Data } from '../data/read-data.ts'

/** Declares rows of which nothing is known. */
export const unknownRows = 'declare const rows: { [column: string]: any }[]\nexport default rows\n'

/**
 * Writes the declaration of a data file's rows, column by column, so that a misspelt column is an error. Without a row
 * each column has text.
 */
export function rowsDeclaration({ columns, rows }: Pick<Data, 'columns' | 'rows'>): string {
  const members = columns.map((column) => {
    const type = typeOf(rows.map((row) => row[column]))
    return `${JSON.stringify(column)}: ${type || 'string'}`
  })
  return `declare const rows: { ${members.join('; ')} }[]\nexport default rows\n`
}

type Member = Value | undefined

// The union of the types of some values; members of objects and elements of arrays are united one by one.
function typeOf(values: readonly Member[]): string {
  const kinds = new Set(values.map(kindOf))
  const lists = values.filter((value): value is readonly never[] => Array.isArray(value))
  const records = values.filter((value) => kindOf(value) === 'object') as Record<string, Member>[]
  return [...kinds]
    .map((kind) => {
      if (kind === 'array') return `(${typeOf(lists.flat()) || 'never'})[]`
      return kind === 'object' ? recordType(records) : kind
    })
    .join(' | ')
}

function recordType(records: readonly Record<string, Member>[]): string {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))]
  const members = names.map((name) => {
    const own = records.filter((record) => Object.hasOwn(record, name))
    return `${JSON.stringify(name)}${own.length < records.length ? '?' : ''}: ${typeOf(own.map((record) => record[name]))}`
  })
  return `{ ${members.join('; ')} }`
}

function kindOf(value: Member): string {
  if (value === null) return 'null'
  if (value instanceof Date) return 'Date'
  return Array.isArray(value) ? 'array' : typeof value
}
