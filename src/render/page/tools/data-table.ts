import type { Json } from '../../model/types.ts'

/** What a figure or a table shows, as rows under headings. */
export interface DataTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Json[])[]
}
