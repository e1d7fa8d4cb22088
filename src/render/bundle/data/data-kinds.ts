/** The kinds of data files, by the ends of their names. */
const KINDS = {
  csv: ['csv'],
  tsv: ['tsv'],
  jsonl: ['jsonl', 'ndjson'],
  parquet: ['parquet'],
  arrow: ['arrow', 'feather'],
  sqlite: ['sqlite', 'sqlite3', 'db'],
} as const

export type DataKind = keyof typeof KINDS

/** Matches the path of a data file. */
export const dataFile = new RegExp(`\\.(?:${Object.values(KINDS).flat().join('|')})$`, 'i')

/** Gives the kind of a data file by its name; undefined for another file. */
export function kindOfData(path: string): DataKind | undefined {
  const end = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  return (Object.keys(KINDS) as DataKind[]).find((kind) => (KINDS[kind] as readonly string[]).includes(end))
}
