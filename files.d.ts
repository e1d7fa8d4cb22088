// The data files that a cell or a module of a report imports: add "weft/files" to `types` in tsconfig.json. `weft types`
// and an editor with Weft know the columns of each file; these declarations are for other tools.

declare module '*.csv' {
  const rows: { [column: string]: any }[]
  export default rows
}
declare module '*.tsv' {
  const rows: { [column: string]: any }[]
  export default rows
}
declare module '*.jsonl' {
  const rows: { [column: string]: any }[]
  export default rows
}
declare module '*.ndjson' {
  const rows: { [column: string]: any }[]
  export default rows
}
declare module '*.parquet' {
  const rows: { [column: string]: any }[]
  export default rows
}
declare module '*.arrow' {
  const rows: { [column: string]: any }[]
  export default rows
}
declare module '*.feather' {
  const rows: { [column: string]: any }[]
  export default rows
}
declare module '*.sqlite' {
  const rows: { [column: string]: any }[]
  export default rows
}
declare module '*.sqlite3' {
  const rows: { [column: string]: any }[]
  export default rows
}
declare module '*.db' {
  const rows: { [column: string]: any }[]
  export default rows
}
declare module '*.txt' {
  const text: string
  export default text
}
declare module '*.md' {
  const text: string
  export default text
}
