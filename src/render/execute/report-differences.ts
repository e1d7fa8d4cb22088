import { dirname } from 'node:path'
import type { Difference } from '../cache/provenance.ts'
import { warn } from '../model/messages.ts'
import { pathFrom } from '../model/paths.ts'
import type { Cell, Json, ReportTree } from '../model/types.ts'
import type { CellResult } from './cell-result.ts'

/** Reports `result-is-reproducible` for each result that differs from an earlier one, at the cell that depends on it. */
export function reportDifferences(
  { report, chapters }: ReportTree,
  cells: ReadonlyMap<string, CellResult>,
  differences: readonly Difference[],
): void {
  const files = new Map(chapters.map(({ file }) => [file.path, file]))
  const lines = differences.map((difference) => ({
    cell: cellOf(difference, cells),
    words: describe(difference, report.root),
  }))
  // Sorted, since results come in the order in which they end.
  for (const { cell, words } of lines.sort((a, b) => (a.words < b.words ? -1 : 1)))
    warn(files.get(cell?.file ?? '') ?? report.files[0]!, 'result-is-reproducible', words, cell?.position)
}

function cellOf({ now }: Difference, cells: ReadonlyMap<string, CellResult>): Cell | undefined {
  const cellResult = [...cells.values()].find(
    (one) =>
      'stored' in one && (one.stored?.key === now.key || one.stored?.provenance.jobs?.includes(now.key)),
  )
  return cellResult?.cell ?? cells.get(now.provenance.label)?.cell
}

function describe({ now, before, beforePath, nowPath, member }: Difference, root: string): string {
  const what = now.provenance.job ? `Job ${now.provenance.label}` : `Cell \`#${now.provenance.label}\``
  const [folder, other] = [beforePath, nowPath].map((path) => pathFrom(root, dirname(path)))
  const where =
    folder === other
      ? `that one was in ${folder}, where this one is now`
      : `that one is in ${folder}, this one in ${other}`
  const digests = `${before.content.slice(0, 12)} and ${now.content.slice(0, 12)}`
  return `${what} gives two results from the same sources: \`${member.path}\` is ${text(member.now)}, expected ${text(member.before)} as before. Of ${now.key.slice(0, 12)}.json ${where}; their digests are ${digests}. Take chance, clock and order of events out of it, or give what may differ to \`measure\``
}

const longest = 40

function text(value: Json | undefined): string {
  const json = value === undefined ? 'nothing' : JSON.stringify(value)
  return json.length > longest ? `${json.slice(0, longest)}…` : json
}
