interface Row {
  readonly [field: string]: unknown
}

/** Opens a logger for vega, which keeps what it says is wrong or doubtful. */
export function openLog() {
  const [errors, warnings]: string[][] = [[], []]
  const keepIn =
    (list: string[]) =>
    (...args: readonly unknown[]) => {
      list.push(args.map((arg) => (arg instanceof Error ? arg.message : String(arg))).join(' '))
      return logger
    }
  const drop = () => logger
  const logger = {
    level: drop as never,
    error: keepIn(errors!),
    warn: keepIn(warnings!),
    info: drop,
    debug: drop,
  }
  return { errors: errors!, warnings: warnings!, logger }
}

/** A table of a drawing, after its transforms. */
export interface Table {
  readonly name: string
  readonly source?: string | readonly string[]
  readonly rows: readonly Row[]
}

interface Extents {
  readonly tables: readonly Table[]
  /** The vega specification, in which scales name tables and their fields. */
  readonly text: string
}

/**
 * Says whether a warning tells of what a reader would see on paper, which has no events. A mark without rows has no
 * extent, and need not have one: a box plot without outliers, a filter that nothing passes.
 */
export function isOnPaper(warning: string, { tables, text }: Extents): boolean {
  if (warning.startsWith('Can not resolve event source')) return false
  const field = /^Infinite extent for field "(.*)": /.exec(warning)?.[1]
  if (field === undefined) return true
  const used = tables.filter(({ name }) =>
    text.includes(`"data":${JSON.stringify(name)},"field":${JSON.stringify(field)}`),
  )
  // Vega-lite filters what is no number, so look at the rows from which those of a mark were made.
  const sources = new Set<Table>()
  const collect = (table: Table) => {
    sources.add(table)
    for (const one of tables) if ([table.source].flat().includes(one.name) && !sources.has(one)) collect(one)
  }
  used.forEach(collect)
  return [...sources].some(({ rows }) => {
    const values = rows.flatMap((row) => (Object.hasOwn(row, field) ? [row[field]] : []))
    return values.length > 0 && !values.some(isOnScale)
  })
}

function isOnScale(value: unknown): boolean {
  return value !== null && (Number.isFinite(Number(value)) || !Number.isNaN(Date.parse(String(value))))
}
