import type { Evaluated } from './execute/evaluate.ts'
import type { Freezer } from './execute/freezer.ts'
import type { SettledCell } from './execute/settle.ts'
import type { LockedProfile } from './lock.ts'
import { outputExpressions } from './output-expressions.ts'
import type { Drawn, Frozen, ReportTree } from './types.ts'

/** What a built report rests on: what accepting it would keep. */
export interface Used {
  readonly locked: LockedProfile
  readonly frozen: readonly Frozen[]
}

/** Gathers the frozen results, jobs included, figures and numbers that a report shows. */
export function usedBy(
  tree: ReportTree,
  cells: ReadonlyMap<string, SettledCell>,
  values: ReadonlyMap<number, Evaluated>,
  drawn: readonly Drawn[],
  store: Freezer,
): Used {
  const results = [...cells.values()].flatMap((settled) =>
    'frozen' in settled && settled.frozen ? [{ label: settled.cell.label, frozen: settled.frozen }] : [],
  )
  const keys = new Set(results.flatMap(({ frozen }) => frozen.provenance.jobs ?? []))
  const jobs = [...keys].flatMap((key) => store.read(key) ?? [])
  const shown = [...tree.expressions, ...outputExpressions(tree, cells)].flatMap(
    ({ file, kind, source }, number) => {
      const result = values.get(number)
      return result?.ok ? [{ file, kind, source, text: result.text, read: { ...result.read } }] : []
    },
  )
  return {
    locked: {
      cells: Object.fromEntries(results.map(({ label, frozen }) => [label, frozen.key])),
      jobs: Object.fromEntries(jobs.map((job) => [job.key, job.provenance.label])),
      figures: drawn.map(({ id }) => id),
      shown: shown as LockedProfile['shown'],
    },
    frozen: [...results.map(({ frozen }) => frozen), ...jobs],
  }
}
