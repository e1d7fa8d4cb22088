import type { Results } from '../execute/run-report.ts'
import type { Digest, ReportTree, StoredResult } from '../model/types.ts'
import type { Session } from '../pipeline/session.ts'
import type { Program } from '../pipeline/stages.ts'
import type { Dependencies } from './dependencies.ts'
import { allBelow, jobKeysOf } from './dependencies.ts'

/** What is read in place of running. */
export interface RerunInputs {
  read(key: Digest): StoredResult | undefined
  /** The accepted result of a label. With it, no cell runs either. */
  accepted?(label: string): StoredResult | undefined
}

/** A run of a report: its tree, on whose files nobody reads the messages, and its results. */
export interface Rerun {
  readonly tree: ReportTree
  readonly results: Results
}

/** Runs and evaluates a bundled report from given results, and keeps nothing. No job runs, so it takes seconds. */
export async function rerun(
  session: Session,
  program: Program,
  { read, accepted }: RerunInputs,
): Promise<Rerun> {
  // Read again: the messages of this run must not stand beside those of the build.
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
 * Gives what to read so that a report runs as it did, with other jobs in the place of some: cells that rest on none of
 * these are not run again.
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
