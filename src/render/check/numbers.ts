import type { Results } from '../execute/run-report.ts'
import { type LockedProfile, matchAccepted } from '../model/lock.ts'
import { outputId } from '../model/output-types.ts'
import type { Expression, Figure, Output, StoredResult, TableColumn } from '../model/types.ts'
import { shownCells } from '../results/used.ts'
import type { Shown } from './judgement.ts'

/** One value or claim of a run. */
export interface ShownHere {
  readonly expression: Expression
  /** Undefined if it has no value. */
  readonly shown?: Shown
  /** Why it has no value. */
  readonly failure?: string
}

/** Every number that one run of a report shows. */
export interface Numbers {
  /** Values and claims by id, in the report's order. */
  readonly shown: ReadonlyMap<string, ShownHere>
  readonly tables: LockedProfile['tables']
  /** Id of a table -> its columns. */
  readonly columns: ReadonlyMap<string, readonly TableColumn[]>
  /** Id of a figure -> its specification. */
  readonly figures: ReadonlyMap<string, Figure['spec']>
  /** Id of a table, figure or plain output -> label of its cell. */
  readonly labels: ReadonlyMap<string, string>
  /** Label -> outputs of its cell. */
  readonly outputs: ReadonlyMap<string, readonly Output[]>
}

/** Gathers every number of a run. */
export function numbersOf({ cells, expressions }: Pick<Results, 'cells' | 'expressions'>): Numbers {
  const all = [...expressions.values()].map(({ expression, result }): ShownHere => {
    if (!result?.ok) return { expression, failure: result?.message ?? 'it is no expression' }
    const { file, kind, source } = expression
    const { text, read, printed } = result
    return { expression, shown: { file, kind, source, text, read, printed } as Shown }
  })
  const stored = [...cells].flatMap(([label, cellResult]) =>
    'stored' in cellResult && cellResult.stored ? [{ label, stored: cellResult.stored }] : [],
  )
  return {
    shown: new Map(all.map((one) => [one.expression.id, one])),
    tables: shownCells(stored),
    columns: new Map(stored.flatMap(columnsOf)),
    figures: new Map(stored.flatMap(figuresOf)),
    labels: new Map(stored.flatMap(labelsOfOutputs)),
    outputs: new Map(stored.map(({ label, stored: { shown } }) => [label, shown])),
  }
}

/** Finds the accepted version of each value and claim of a run, by its id. */
export function acceptedOf({ shown }: Numbers, locked: LockedProfile): ReadonlyMap<string, Shown> {
  const expressions = [...shown.values()].map(({ expression }) => expression)
  const found = matchAccepted(expressions, locked.shown)
  return new Map([...found].map(([{ id }, accepted]) => [id, accepted]))
}

/** Gives the figures of a cell's result by their ids. */
export function figuresOf({
  label,
  stored,
}: {
  label: string
  stored: StoredResult
}): [string, Figure['spec']][] {
  return stored.shown.flatMap((output, index) =>
    output.kind === 'figure' ? [[outputId(label, index), output.spec]] : [],
  )
}

function columnsOf({ label, stored }: { label: string; stored: StoredResult }): [string, Table['columns']][] {
  return stored.shown.flatMap((output, index) =>
    output.kind === 'table' ? [[outputId(label, index), output.columns]] : [],
  )
}

function labelsOfOutputs({
  label,
  stored: { shown },
}: {
  label: string
  stored: StoredResult
}): [string, string][] {
  return shown.map((_, index) => [outputId(label, index), label])
}

type Table = { readonly columns: readonly TableColumn[] }
