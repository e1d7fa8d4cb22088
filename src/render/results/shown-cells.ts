import type { LockedProfile } from '../model/lock.ts'
import { outputId } from '../model/output-types.ts'
import type { Output, StoredResult } from '../model/types.ts'

/**
 * Lists what the tables and plain outputs of cells show: id of the output -> place in it -> raw value and text. The id
 * is the label of the cell, plus the output's number from the second on. A place is `[2].accuracy` in a table, and
 * empty in a plain output.
 */
export function shownCells(
  results: readonly { readonly label: string; readonly stored: StoredResult }[],
): LockedProfile['tables'] {
  const outputs = results.flatMap(({ label, stored }) =>
    stored.shown.map((output, index) => [outputId(label, index), cellsOf(output)] as const),
  )
  return Object.fromEntries(outputs.filter(([, cells]) => Object.keys(cells).length > 0).sort())
}

function cellsOf(output: Output): LockedProfile['tables'][string] {
  if (output.kind === 'scalar')
    return { '': { raw: output.raw, text: output.text } } as unknown as LockedProfile['tables'][string]
  if (output.kind !== 'table') return {}
  const { columns, rows } = output
  const cells = rows.flatMap((row, index) =>
    columns.map(({ key }) => [`[${index}].${key}`, { raw: row[key]!.raw, text: row[key]!.text }]),
  )
  return Object.fromEntries(cells) as unknown as LockedProfile['tables'][string]
}
