import type { Results } from '../execute/run-report.ts'
import type { Digest, ReportTree, StoredResult } from '../model/types.ts'
import type { Session } from '../pipeline/session.ts'
import type { Program } from '../pipeline/stages.ts'
import type { Dependencies } from './dependencies.ts'
import { allBelow, jobKeysOf } from './dependencies.ts'

/** Stored results to use instead of running. */
export interface RerunInputs {
  read(key: Digest): StoredResult | undefined
  /** The accepted result of a label. With it, no cell runs either. */
  accepted?(label: string): StoredResult | undefined
}

/** A run of a report: its tree and its results. Nobody reads the messages on its files. */
export interface Rerun {
  readonly tree: ReportTree
  readonly results: Results
}

/** Runs and evaluates a bundled report from stored results, and stores nothing. No job runs, so it takes seconds. */
export async function rerun(
  session: Session,
  program: Program,
  { read, accepted }: RerunInputs,
): Promise<Rerun> {
  // Read the report again: messages of this run must not mix with those of the build.
  const source = session.read()
  const results = await session.run(
    { ...program, source },
    {
      reuse: () => ({ read, write() {} }),
      mayRun: accepted === undefined,
      jobsMayRun: false,
      earlier: accepted ?? (() => undefined),
    },
  )
  return { tree: source.tree, results }
}

/**
 * Gives the stored results with which a report runs as before, but with some jobs replaced: cells that do not depend
 * on these jobs do not run again.
 */
export function withJobs(
  before: Pick<Results, 'cells' | 'jobs'>,
  others: ReadonlyMap<Digest, StoredResult>,
  dependencies: Dependencies,
): (key: Digest) => StoredResult | undefined {
  const kept = [...before.cells].flatMap(([label, cellResult]) => {
    if (!('stored' in cellResult) || !cellResult.stored) return []
    const jobs = jobKeysOf(allBelow([label], dependencies), before)
    return [...jobs].some((key) => others.has(key))
      ? []
      : [[cellResult.stored.key, cellResult.stored] as const]
  })
  const cells = new Map(kept)
  return (key) => others.get(key) ?? before.jobs.get(key) ?? cells.get(key)
}
