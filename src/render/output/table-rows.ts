/** A row of a table of another library. */
interface Row {
  readonly [column: string]: unknown
}

interface ArrowField {
  readonly name: string
  readonly type: { readonly typeId: number }
}

interface Rows {
  objects?(): Iterable<Row>
  toArray?(): Iterable<{ toJSON?(): Row }>
  readonly schema?: { readonly fields?: readonly ArrowField[] }
}

/** Tables known by their shape: arquero's, which lists its objects, and Apache Arrow's, which has a schema. */
export type ForeignTable =
  | { objects(): object[]; columnNames(): string[] }
  | { toArray(): unknown[]; readonly schema: { readonly fields: readonly { readonly name: string }[] } }

/** The ids by which Apache Arrow names its types of dates: days or milliseconds, and instants. */
const DATES = [8, 10]

/**
 * Gives the rows of a table by arquero or Apache Arrow; undefined for anything else. Arrow's dates, which are
 * milliseconds, become dates, and its large whole numbers become numbers, or text where a number would round them.
 */
export function rowsOfTable(value: unknown): readonly Row[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const table = value as Rows
  if (typeof table.objects === 'function' && 'columnNames' in table)
    return Array.from(table.objects(), (row) => plainRow(row, []))
  const fields = table.schema?.fields
  if (typeof table.toArray !== 'function' || !Array.isArray(fields)) return undefined
  const dates = fields.filter(({ type }) => DATES.includes(type.typeId)).map(({ name }) => name)
  return Array.from(table.toArray(), (row) => plainRow(row.toJSON?.() ?? (row as Row), dates))
}

function plainRow(row: Row, dates: readonly string[]): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      dates.includes(name) && typeof value === 'number' ? new Date(value) : plainNumber(value),
    ]),
  )
}

/** Gives a number for a bigint, or its digits where a number would round it; any other value as it is. */
export function plainNumber(value: unknown): unknown {
  if (typeof value !== 'bigint') return value
  return BigInt(Number(value)) === value && Number.isSafeInteger(Number(value))
    ? Number(value)
    : String(value)
}
