import type { Freezer } from '../cache/freezer.ts'
import type { Evaluated } from '../execute/evaluate.ts'
import { outputExpressions } from '../execute/output-expressions.ts'
import type { SettledCell } from '../execute/settle.ts'
import { digestOf } from '../model/digest.ts'
import type { Environment, LockedProfile } from '../model/lock.ts'
import type { Drawn, Frozen, ReportTree } from '../model/types.ts'
import { shownCells } from './shown-cells.ts'

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
      if (!result?.ok) return []
      const { text, read, printed } = result
      return [{ file, kind, source, text, read: { ...read }, printed }]
    },
  )
  return {
    locked: {
      cells: Object.fromEntries(results.map(({ label, frozen }) => [label, frozen.key])),
      jobs: Object.fromEntries(jobs.map((job) => [job.key, job.provenance.label])),
      figures: drawn.map(({ id }) => id),
      shown: shown as LockedProfile['shown'],
      tables: shownCells(results),
      drawings: Object.fromEntries(drawn.map(({ id, spec }) => [id, digestOf(spec)])),
      sources: {},
      seals: {},
      measured: {},
      environments: environmentsOf(jobs),
      kept: true,
    },
    frozen: [...results.map(({ frozen }) => frozen), ...jobs],
  }
}

/** Names what jobs were computed on, each once: engine with its version, kind of CPU, major version of Node. */
export function environmentsOf(jobs: readonly Frozen[]): Environment[] {
  const all = jobs.map(({ provenance: { engine = 'none', cpu, node } }) => ({
    engine,
    cpu,
    node: node.split('.')[0]!,
  }))
  const each = new Map(all.map((one) => [`${one.engine}\n${one.cpu}\n${one.node}`, one]))
  return [...each].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}
