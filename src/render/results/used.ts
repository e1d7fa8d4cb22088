import type { ResultStore } from '../cache/result-store.ts'
import type { Results } from '../execute/run-report.ts'
import { digestOf } from '../model/digest.ts'
import type { Environment, LockedProfile } from '../model/lock.ts'
import { outputId } from '../model/output-types.ts'
import type { Drawn, Output, StoredResult } from '../model/types.ts'

/** The results and numbers of a built report that `accept` would keep. */
export interface Used {
  readonly locked: LockedProfile
  readonly stored: readonly StoredResult[]
}

/** Gathers the stored results (with those of jobs), figures and numbers that a report shows. */
export function usedBy(
  { cells, expressions }: Pick<Results, 'cells' | 'expressions'>,
  drawn: readonly Drawn[],
  store: ResultStore,
): Used {
  const results = [...cells.values()].flatMap((cellResult) =>
    'stored' in cellResult && cellResult.stored
      ? [{ label: cellResult.cell.label, stored: cellResult.stored }]
      : [],
  )
  const keys = new Set(results.flatMap(({ stored }) => stored.provenance.jobs ?? []))
  const jobs = [...keys].flatMap((key) => store.read(key) ?? [])
  const shown = [...expressions.values()].flatMap(({ expression: { id, file, kind, source }, result }) => {
    if (!result?.ok) return []
    const { text, read, printed } = result
    return [{ id, file, kind, source, text, read: { ...read }, printed }]
  })
  return {
    locked: {
      cells: Object.fromEntries(results.map(({ label, stored }) => [label, stored.key])),
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
    stored: [...results.map(({ stored }) => stored), ...jobs],
  }
}

/** Lists each environment of the jobs once: engine with its version, CPU model, major version of Node. */
export function environmentsOf(jobs: readonly StoredResult[]): Environment[] {
  const all = jobs.map(({ provenance: { engine = 'none', cpu, node } }) => ({
    engine,
    cpu,
    node: node.split('.')[0]!,
  }))
  const each = new Map(all.map((one) => [`${one.engine}\n${one.cpu}\n${one.node}`, one]))
  return [...each].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

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
