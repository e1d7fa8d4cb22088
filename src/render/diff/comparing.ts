import type { Between } from './dependencies.ts'
import type { MeasuredValues } from './measured-values.ts'
import type { ChapterChange, Tally } from './schema.ts'
import type { Sentences } from './sentences.ts'
import type { Version } from './version.ts'

/** Two versions of a report, and all that decides how their numbers are compared. */
export interface Comparing {
  readonly before: Version
  readonly after: Version
  readonly sentences: { readonly before: Sentences; readonly after: Sentences }
  readonly between: Between
  /** What the jobs measured that some cells depend on. */
  measured(labels: readonly string[]): { readonly before: MeasuredValues; readonly after: MeasuredValues }
  /** What changed that the numbers of some cells were computed from. */
  reasons(labels: readonly string[]): string[]
}

/** What was found in one kind of numbers: the changes to show, and counts. */
export interface Found {
  readonly changes: readonly ChapterChange[]
  readonly tallies: readonly Tally[]
}
