import type { Results } from '../execute/run-report.ts'
import type { LockedProfile } from '../model/lock.ts'
import type { ReportTree } from '../model/types.ts'
import type { AcceptedResults } from './accepted-results.ts'
import type { Altered } from './altered.ts'
import type { Dependencies } from './dependencies.ts'
import { allBelow } from './dependencies.ts'
import type { Differences } from './differences.ts'
import type { Basis } from './judgement.ts'
import type { MeasuredNumbers } from './measured-numbers.ts'
import type { Numbers } from './numbers.ts'
import type { Row, Sentence, Verdict } from './outcome.ts'

/** What the accepted numbers of a report are compared with, and all that decides how. */
export interface Comparison {
  readonly tree: ReportTree
  readonly locked: LockedProfile
  readonly accepted: AcceptedResults
  /** As they came out again. */
  readonly results: Results
  readonly numbers: Numbers
  readonly dependencies: Dependencies
  readonly measured: MeasuredNumbers
  /** What differs between two runs of the same cells on the same jobs. */
  readonly unstable: Differences
  readonly altered: Altered
  /** Cells without a result now, and why. */
  readonly lost: ReadonlyMap<string, string>
  /** Prose around a value or claim, by its id. */
  readonly sentences: ReadonlyMap<string, string>
  basisOf(labels: readonly string[]): Pick<Basis, 'isSame' | 'isTrained'>
  /** Whether something that these cells rest on was computed again. */
  isInScope(labels: readonly string[]): boolean
}

/** Numbers by what became of them. */
export type Tally = { readonly [what in Verdict | 'out of scope']?: number }

/** Rows of the outcome, and all the numbers that they stand for. */
export interface Compared {
  readonly rows: readonly Row[]
  readonly tally: Tally
}

/** Adds up what was compared apart. */
export function together(all: readonly Compared[]): Compared {
  return { rows: all.flatMap(({ rows }) => rows), tally: sum(all.map(({ tally }) => tally)) }
}

/** Adds up tallies. */
export function sum(tallies: readonly Tally[]): Tally {
  const total: Record<string, number> = {}
  for (const tally of tallies)
    for (const [what, count] of Object.entries(tally)) total[what] = (total[what] ?? 0) + count
  return total
}

/** Names a cell that some others rest on and that has no result now, if there is one. */
export function lostBelow(
  labels: readonly string[],
  { dependencies, lost }: Pick<Comparison, 'dependencies' | 'lost'>,
): string | undefined {
  return [...allBelow(labels, dependencies)].find((label) => lost.has(label))
}

/** Gives where the cell of a table or figure stands, or nothing but the report where it is gone. */
export function cellPlace(label: string, { tree }: Pick<Comparison, 'tree'>): Sentence['place'] {
  const cell = tree.cells.find((one) => one.label === label)
  if (!cell) return { file: tree.chapters[0]!.file.path }
  const { line, column } = cell.position.start
  return { file: cell.file, line, column }
}

/** Finds the cell of a table's or figure's id, also where it has no result now. */
export function labelOf(id: string, { tree, numbers }: Pick<Comparison, 'tree' | 'numbers'>): string {
  const known = numbers.labels.get(id)
  if (known !== undefined) return known
  const without = id.replace(/-\d+$/, '')
  const labels = tree.cells.map(({ label }) => label)
  return !labels.includes(id) && labels.includes(without) ? without : id
}
