import type { IdxPaths } from '../../experiments/data/idx-rows.ts'
import { readIdxRows } from '../../experiments/data/idx-rows.ts'
import type { LetterRows } from '../../experiments/data/letter-rows.ts'
import type { LeftOut } from '../../experiments/data/png-tree.ts'
import { openPngTree } from '../../experiments/data/png-tree.ts'
import { synthesise } from '../../experiments/data/synthesise.ts'
import { count } from './count.ts'

/** Where `weft data convert` takes its rows from. */
export type SourceOptions =
  | { readonly kind: 'images'; readonly train: IdxPaths; readonly test: IdxPaths | number }
  | { readonly kind: 'folder'; readonly folder: string; readonly test?: number; readonly seed: number }
  | { readonly kind: 'stand-in'; readonly train: number; readonly test?: number; readonly seed: number }

/** Rows to be written. */
export interface Source {
  readonly rows: LetterRows
  /** Says, once all rows are read, what was left out: lines to print. */
  leftOut(): readonly string[]
}

const namedAtMost = 10

/** Opens the source of rows that the options tell. */
export async function openSource(options: SourceOptions): Promise<Source> {
  if (options.kind === 'images') {
    return { rows: await readIdxRows(options.train, options.test), leftOut: () => [] }
  }
  const { test, seed } = options
  if (options.kind === 'folder') {
    const tree = await openPngTree(options.folder, { test, seed })
    return { rows: tree, leftOut: () => summary(tree.leftOut, tree.rows) }
  }
  const { train } = options
  const rows = await synthesise({ train, test: test ?? Math.max(1, Math.floor(train / 10)), seed })
  return { rows, leftOut: () => [] }
}

function summary(leftOut: readonly LeftOut[], files: number): string[] {
  if (leftOut.length === 0) return []
  const named = leftOut.slice(0, namedAtMost).map(({ path, reason }) => `  ${path}: ${reason}\n`)
  const more = leftOut.length - named.length
  return [
    `${count(leftOut.length)} of ${count(files)} files left out:\n`,
    ...named,
    ...(more > 0 ? [`  and ${count(more)} more\n`] : []),
  ]
}
