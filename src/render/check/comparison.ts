import type { Results } from '../execute/run-report.ts'
import type { LockedProfile } from '../model/lock.ts'
import type { ReportTree } from '../model/types.ts'
import type { AcceptedResults } from './accepted-results.ts'
import type { Altered } from './altered.ts'
import { allBelow, type Dependencies } from './dependencies.ts'
import type { Differences } from './differences.ts'
import type { Basis } from './judgement.ts'
import type { MeasuredNumbers } from './measured-numbers.ts'
import type { Numbers } from './numbers.ts'
import { isDifference, type Row, type Sentence, type Verdict } from './outcome.ts'

/** The recomputed numbers that accepted numbers are compared with, and everything that decides how. */
export interface Comparison {
  readonly tree: ReportTree
  readonly locked: LockedProfile
  readonly accepted: AcceptedResults
  /** The recomputed results. */
  readonly results: Results
  readonly numbers: Numbers
  readonly dependencies: Dependencies
  readonly measured: MeasuredNumbers
  /** Differences between two runs of the same cells on the same jobs. */
  readonly unstable: Differences
  readonly altered: Altered
  /** Cells without a result now, and why. */
  readonly lost: ReadonlyMap<string, string>
  /** Prose around a value or claim, by its id. */
  readonly sentences: ReadonlyMap<string, string>
  basisOf(labels: readonly string[]): Pick<Basis, 'isSame' | 'isTrained'>
  /** Whether something that these cells depend on was recomputed. */
  isInScope(labels: readonly string[]): boolean
}

/** Count of numbers by verdict. */
export type Tally = { readonly [what in Verdict | 'out of scope']?: number }

/** Rows of the outcome, and a count of all their numbers. */
export interface Compared {
  readonly rows: readonly Row[]
  readonly tally: Tally
}

/** Joins separate comparisons. */
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

/** Finds a cell without a result that some other cells depend on, if there is one. */
export function lostBelow(
  labels: readonly string[],
  { dependencies, lost }: Pick<Comparison, 'dependencies' | 'lost'>,
): string | undefined {
  return [...allBelow(labels, dependencies)].find((label) => lost.has(label))
}

/** Gives the place of the cell of a table or figure; only report.md if the cell no longer exists. */
export function cellPlace(label: string, { tree }: Pick<Comparison, 'tree'>): Sentence['place'] {
  const cell = tree.cells.find((one) => one.label === label)
  if (!cell) return { file: tree.chapters[0]!.file.path }
  const { line, column } = cell.position.start
  return { file: cell.file, line, column }
}

/** Finds the cell of a table or figure by its id, even if the cell has no result now. */
export function labelOf(id: string, { tree, numbers }: Pick<Comparison, 'tree' | 'numbers'>): string {
  const known = numbers.labels.get(id)
  if (known !== undefined) return known
  const without = id.replace(/-\d+$/, '')
  const labels = tree.cells.map(({ label }) => label)
  return !labels.includes(id) && labels.includes(without) ? without : id
}

/** A judged number of a table or figure. */
export interface JudgedPlace {
  /** `row 3, Accuracy`. */
  readonly name: string
  readonly was: string
  readonly is: string
  readonly rule: string
  readonly verdict: Verdict
  /** Whether it is a number: row names and similar texts are compared but not counted. */
  readonly isNumber: boolean
}

const most = 20

/**
 * Makes one row for a table or figure without differences; otherwise one row for each difference, up to 20, and one
 * for the rest.
 */
export function rowsOfPlaces(
  { label, id, kind, place }: Pick<Row, 'label' | 'kind' | 'place'> & { readonly id: string },
  judged: readonly JudgedPlace[],
): Compared {
  const common = { kind, label: `#${id || label}`, place }
  const differing = judged.filter(isDifference)
  const well = judged.filter((one) => !isDifference(one) && one.isNumber)
  const tally = sum([...well, ...differing].map(({ verdict }): Tally => ({ [verdict]: 1 })))
  const shown = differing.slice(0, most).map(
    ({ name, was, is, rule, verdict }): Row => ({
      ...common,
      sentence: name,
      accepted: was,
      recomputed: is,
      rule,
      verdict,
      numbers: 1,
    }),
  )
  const rest = differing.length - shown.length
  const more: Row[] = rest > 0 ? [restRow(common, rest, differing[most]!.verdict)] : []
  if (well.length === 0 && judged.length > 0 && differing.length > 0)
    return { rows: [...shown, ...more], tally }
  return { rows: [...shown, ...more, wellRow(common, well, judged)], tally }
}

type Common = Pick<Row, 'label' | 'kind' | 'place'>

function restRow(common: Common, count: number, verdict: Verdict): Row {
  const [sentence, accepted, recomputed] = [`and ${count} more`, '', '']
  return { ...common, sentence, accepted, recomputed, rule: '', verdict, numbers: count }
}

function wellRow(common: Common, well: readonly JudgedPlace[], judged: readonly JudgedPlace[]): Row {
  const order: Verdict[] = ['agrees', 'not judged', 'equal', 'measured']
  const list = well.length > 0 ? well : judged
  const counts = order.map(
    (verdict) => [verdict, list.filter((one) => one.verdict === verdict).length] as const,
  )
  const present = counts.filter(([, count]) => count > 0)
  const verdict = present[0]?.[0] ?? 'equal'
  const only = present.length === 1 ? list[0]?.rule : undefined
  const rule = only ?? present.map(([name, count]) => `${count} ${name}`).join(', ')
  const words = list.length === 1 ? (list[0]?.was ?? '') : `${well.length} numbers`
  const recomputed = list.length === 1 ? (list[0]?.is ?? '') : words
  return { ...common, sentence: '', accepted: words, recomputed, rule, verdict, numbers: well.length }
}
