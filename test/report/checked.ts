import assert from 'node:assert/strict'
import { fileOf, keysIn, readStored, serialize } from '../../src/render/cache/result-store.ts'
import type { Outcome, Row } from '../../src/render/check/outcome.ts'
import type { StoredResult } from '../../src/render/model/types.ts'
import type { Ended, Project } from './project.ts'

/** The lock of the fixture. */
export const lockFile = 'report-src/report.lock.json'

/** The outcome as `--json` writes it: places are strings. */
export type Written = Omit<Outcome, 'rows'> & {
  readonly rows: readonly (Omit<Row, 'place'> & { readonly place: string })[]
}

/** Runs `weft` in the fixture `checked`. */
export function weft(project: Project, ...args: string[]): Promise<Ended> {
  return project.weft(args, { WEFT_DATA: project.path('data'), WEFT_SOONEST: '3' })
}

/** Runs `weft check` in the fixture, and gives the outcome. */
export async function outcomeOf(project: Project, ...args: string[]): Promise<Written & Ended> {
  return withOutcome(await weft(project, 'check', '--json', ...args))
}

/** Parses the outcome of a check with `--json`. */
export function withOutcome(run: Ended): Written & Ended {
  try {
    return { ...run, ...(JSON.parse(run.stdout) as Written) }
  } catch {
    return assert.fail(run.text)
  }
}

/** Changes an accepted result; `change` decides whether its digest changes too. */
export function alter(project: Project, label: string, change: (stored: StoredResult) => StoredResult): void {
  const folder = project.path('report-src/freeze')
  const all = keysIn(folder).map((key) => readStored(fileOf(folder, key), key) as StoredResult)
  const stored = all.find(({ provenance }) => provenance.label === label)
  assert.ok(stored, `expected a result of ${label}`)
  project.write(`report-src/freeze/${stored.key}.json`, serialize(change(stored)))
}

/** Gives the rows with a verdict. */
export const ofVerdict = ({ rows }: Written, verdict: string) => rows.filter((row) => row.verdict === verdict)
