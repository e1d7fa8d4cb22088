import type { VFile } from 'vfile'
import type { Results } from '../execute/run-report.ts'
import type { LockedProfile } from '../model/lock.ts'
import { hasErrors } from '../model/messages.ts'
import type { Digest, ReportTree, StoredResult } from '../model/types.ts'
import { environmentsOf } from '../results/used.ts'
import type { AcceptedResults } from './accepted-results.ts'
import { alteredResults } from './accepted-runs.ts'
import { compareFigures } from './compare-figures.ts'
import { compareCells, compareResults } from './compare-results.ts'
import { compareShown } from './compare-shown.ts'
import { compareTables } from './compare-tables.ts'
import { type Comparison, type Tally, together } from './comparison.ts'
import { allAbove, allBelow, basisOf, type Dependencies, jobKeysOf } from './dependencies.ts'
import { unstableNumbers } from './differences.ts'
import { measuredNumbers } from './measured-numbers.ts'
import { numbersOf } from './numbers.ts'
import {
  type BuildError,
  type FailedCell,
  isDifference,
  type Outcome,
  type Row,
  type Summary,
} from './outcome.ts'
import type { Scope } from './plan.ts'
import type { Rerun, RerunInputs } from './rerun.ts'
import { allSentences } from './sentences.ts'

/** The state of a check after its recomputation. */
interface Recomputed {
  readonly locked: LockedProfile
  readonly accepted: AcceptedResults
  readonly dependencies: Dependencies
  readonly scope: Scope
  readonly seed: number
  readonly tree: ReportTree
  readonly results: Results
  readonly ranJobs: ReadonlySet<Digest>
  /** Files with the messages of the build. */
  readonly files: readonly VFile[]
}

/**
 * Compares recomputed with accepted results, number by number.
 *
 * @param run Runs the report once more without a job, to find measured numbers and what the accepted results show.
 */
export async function findOutcome(
  recomputed: Recomputed,
  run: (inputs: RerunInputs) => Promise<Rerun>,
): Promise<Omit<Outcome, 'report' | 'profile' | 'seed'>> {
  const { locked, accepted, dependencies, seed, tree, results, ranJobs, files } = recomputed
  const numbers = numbersOf(results)
  const lost = lostCells(results)
  const known = {
    tree,
    locked,
    accepted,
    results,
    numbers,
    dependencies,
    lost,
    basisOf: basisOf(recomputed),
  }
  const isInScope = scopeTest(recomputed)
  const measured = await measuredNumbers(
    { numbers, results, dependencies, accepted: measuredBefore(locked, accepted), isInScope, seed },
    run,
  )
  const unstable = await unstableNumbers({ numbers, results, isInScope }, run)
  const altered = await alteredResults(known, run)
  const sentences = allSentences(tree, numbers, locked)
  const comparison: Comparison = { ...known, measured, unstable, altered, sentences, isInScope }
  const shown = together([compareShown(comparison), compareTables(comparison), compareFigures(comparison)])
  const own = compareResults(comparison, ranJobs)
  const told = new Set(
    [...shown.rows, ...own].filter(isDifference).flatMap(({ label }) => label.match(/[\w-]+/g) ?? []),
  )
  const rows = inOrder([...shown.rows, ...own, ...compareCells(comparison, told)], tree)
  const errors = errorsOf(files)
  const recomputedJobs = [...results.jobs.values()].filter(({ key }) => ranJobs.has(key))
  return {
    environment: { accepted: locked.environments, recomputed: environmentsOf(recomputedJobs) },
    rows,
    failed: failedCells(lost, dependencies, results),
    errors,
    notes: notesOf(recomputed, measured.broken),
    summary: summaryOf(shown.tally, rows, { errors, hasErrors: hasErrors(files), ranJobs, results }),
  }
}

function scopeTest({ scope, results, ranJobs, dependencies }: Recomputed): Comparison['isInScope'] {
  if (scope.kind === 'all') return () => true
  return (labels) => {
    const below = allBelow(labels, dependencies)
    const ofJobs = [...jobKeysOf(below, results)].some((key) => ranJobs.has(key))
    return (
      ofJobs ||
      (scope.kind === 'only' && [...below].some((label) => results.cells.get(label)?.state === 'ran'))
    )
  }
}

function failedCells(
  lost: ReadonlyMap<string, string>,
  dependencies: Dependencies,
  { cells }: Results,
): FailedCell[] {
  return [...lost].flatMap(([label, message]) => {
    if (cells.get(label)?.state === 'skipped') return []
    const above = allAbove(new Set([label]), dependencies).filter((one) => one !== label)
    return [{ label, message, above }]
  })
}

function errorsOf(files: readonly VFile[]): BuildError[] {
  return files.flatMap(({ path: file, messages }) =>
    messages.flatMap(({ fatal, line = 1, column = 1, ruleId = '', reason }) =>
      fatal ? [{ place: { file, line, column }, rule: ruleId, message: reason.split('\n')[0]! }] : [],
    ),
  )
}

function notesOf({ results, ranJobs, scope, accepted }: Recomputed, broken: readonly string[]): string[] {
  const strange = broken.map((label) => `#${label}`).join(', ')
  const isUnknown = (key: Digest) => !accepted.stored.has(key) && !accepted.damaged.has(key)
  const fresh = [...results.jobs.keys()].filter((key) => ranJobs.has(key) && isUnknown(key)).length
  return [
    ...(broken.length > 0
      ? [`${strange} failed when its times were changed for a test: what depends on it counts as measured`]
      : []),
    ...(scope.kind !== 'all' && fresh > 0
      ? [`${fresh} of the jobs that ran are not among the accepted ones: the report has changed since`]
      : []),
  ]
}

interface Counted {
  readonly errors: readonly BuildError[]
  readonly hasErrors: boolean
  readonly ranJobs: ReadonlySet<Digest>
  readonly results: Results
}

function summaryOf(
  tally: Tally,
  rows: readonly Row[],
  { errors, hasErrors, ranJobs, results }: Counted,
): Summary {
  const {
    equal = 0,
    agrees = 0,
    measured = 0,
    'not judged': notJudged = 0,
    'out of scope': outOfScope = 0,
    ...others
  } = tally
  const ofResults = rows.filter((row) => row.kind === 'result').length
  const differs = Object.values(others).reduce((total, count) => total + count, ofResults)
  const isWell = !hasErrors && !rows.some(isDifference)
  const jobs = new Set([...results.jobs.keys(), ...ranJobs]).size
  return {
    equal,
    agrees,
    measured,
    notJudged,
    differs,
    outOfScope,
    errors: errors.length,
    jobsRun: ranJobs.size,
    jobs,
    elapsedMs: 0,
    isWell,
  }
}

// In the reading order of the chapters.
function inOrder(rows: readonly Row[], { chapters }: ReportTree): Row[] {
  const files = chapters.map(({ file }) => file.path)
  const rank = ({ place }: Row) => [files.indexOf(place.file), place.line ?? 0, place.column ?? 0] as const
  return rows
    .map((row) => ({ row, rank: rank(row) }))
    .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || a.rank[2] - b.rank[2])
    .map(({ row }) => row)
}

function measuredBefore(
  { measured }: LockedProfile,
  { stored }: AcceptedResults,
): ReadonlyMap<Digest, StoredResult['measured']> {
  const kept = [...stored].map(([key, one]) => [key, one.measured] as const)
  return new Map<Digest, StoredResult['measured']>([...Object.entries(measured), ...kept])
}

/** Lists the cells that lack a result although they should have one, each with the reason. */
function lostCells({ cells }: Pick<Results, 'cells'>): ReadonlyMap<string, string> {
  return new Map(
    [...cells].flatMap(([label, cellResult]) => {
      if (cellResult.state === 'failed') return [[label, onOneLine(cellResult.failure.message)] as const]
      if (cellResult.state === 'skipped')
        return [[label, `it needs \`${cellResult.needs}\` of #${cellResult.owner}`] as const]
      if (cellResult.state === 'unevaluated' && cellResult.cell.options.evaluate)
        return [[label, 'it cannot be bundled'] as const]
      return []
    }),
  )
}

// Keeps the advice in the further lines.
function onOneLine(message: string): string {
  return message
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
}
