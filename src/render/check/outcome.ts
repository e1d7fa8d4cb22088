import type { Environment } from '../model/lock.ts'

/** The verdict on a number; all but the first four are differences. */
const verdicts = {
  equal: 'It came out again.',
  agrees: 'It came out within what its rule allows.',
  measured: 'It depends on times or other measurements, and is not judged.',
  'not judged': 'Nothing is kept that it could be judged by here.',
  differs: 'It came out otherwise.',
  missing: 'It was accepted and is shown no more.',
  'not accepted': 'It is shown and was not accepted.',
  'not recomputed': 'What it needs failed.',
  altered: 'The accepted results show something else than the lock.',
  damaged: 'An accepted result that it depends on cannot be used.',
} as const

export type Verdict = keyof typeof verdicts

const wellVerdicts: readonly Verdict[] = ['equal', 'agrees', 'measured', 'not judged']

/** Checks whether a verdict is a difference, which fails the check. */
export function isDifference({ verdict }: Pick<Row, 'verdict'>): boolean {
  return !wellVerdicts.includes(verdict)
}

/** A place in the report; for something no longer in the report, only the file. */
export interface Place {
  /** Relative to the project's root. */
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/** A sentence with its place. */
export interface Sentence {
  readonly place: Place
  readonly text: string
}

/** One line of the outcome: a value, a claim, a table or figure or one number of it, or a stored result. */
export interface Row {
  readonly kind: 'value' | 'claim' | 'table' | 'figure' | 'plain' | 'result'
  /** Labels of the cells whose exports it uses, or the label of the table, figure or result. */
  readonly label: string
  /** The surrounding prose, with the accepted value in it. */
  readonly sentence: string
  readonly place: Place
  readonly accepted: string
  readonly recomputed: string
  /** The reason for the verdict. */
  readonly rule: string
  readonly verdict: Verdict
  /** How many numbers the row covers. */
  readonly numbers: number
  /** For a damaged or altered result: what else depends on it. */
  readonly restOnIt?: readonly Sentence[]
}

/** A failed cell, and the cells that were not recomputed because of it. */
export interface FailedCell {
  readonly label: string
  readonly message: string
  /** Labels of the cells that depend on it. */
  readonly above: readonly string[]
}

/** An error of the build. */
export interface BuildError {
  readonly place: Place
  readonly rule: string
  readonly message: string
}

/** Counts of numbers by verdict. */
export interface Summary {
  readonly equal: number
  readonly agrees: number
  readonly measured: number
  readonly notJudged: number
  readonly differs: number
  /** Numbers that depend on nothing recomputed, with --sample or --only. */
  readonly outOfScope: number
  /** Errors of the build. */
  readonly errors: number
  /** Jobs that ran; `jobs` counts all jobs that the report depends on. */
  readonly jobsRun: number
  readonly jobs: number
  readonly elapsedMs: number
  readonly isWell: boolean
}

/** The findings of a check; `--json` writes them unchanged. */
export interface Outcome {
  /** Path of report.md, as given by the user. */
  readonly report: string
  readonly profile: string
  /** Seed of the order of jobs and of the sample: `--seed` repeats them. */
  readonly seed: number
  readonly environment: {
    readonly accepted: readonly Environment[]
    readonly recomputed: readonly Environment[]
  }
  readonly rows: readonly Row[]
  readonly failed: readonly FailedCell[]
  readonly errors: readonly BuildError[]
  /** Further notes for the user. */
  readonly notes: readonly string[]
  readonly summary: Summary
}

/** Writes a place in the form that editors and terminals understand: `file:line:column`. */
export function placeText({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(':')
}

/** Writes an outcome as JSON: its members unchanged (see `Outcome`), each place as `file:line:column`. */
export function printJson(outcome: Outcome): string {
  const withPlace = <Item extends { readonly place: Place }>(item: Item) => ({
    ...item,
    place: placeText(item.place),
  })
  const rows = outcome.rows.map((row) => ({
    ...withPlace(row),
    ...(row.restOnIt && { restOnIt: row.restOnIt.map(withPlace) }),
  }))
  return `${JSON.stringify({ ...outcome, rows, errors: outcome.errors.map(withPlace) }, null, 1)}\n`
}
