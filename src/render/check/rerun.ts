import { kinds } from '../assemble/registers/kinds.ts'
import type { ResultStore } from '../cache/result-store.ts'
import type { Results } from '../execute/run-report.ts'
import { runReport, silentEvents } from '../execute/run-report.ts'
import type { Digest, ReportTree, StoredResult } from '../model/types.ts'
import { parse } from '../syntax/parse.ts'
import { readReport } from '../syntax/read-report.ts'

/** How a report is run besides its build: seconds, since no job runs. */
export interface RerunOptions {
  readonly path: string
  readonly profile: string
  readonly runFolder: string
  readonly env: NodeJS.ProcessEnv
  readonly heapMb?: number
  readonly signal: AbortSignal
}

/** What is read in place of running. */
export interface Given {
  read(key: Digest): StoredResult | undefined
  /** The accepted result of a label. Given, no cell runs either. */
  accepted?(label: string): StoredResult | undefined
}

/** A run of a report: its tree, on whose files nobody reads the messages, and what came out. */
export interface Rerun {
  readonly tree: ReportTree
  readonly results: Results
}

/** Settles and evaluates a report from given results, and keeps nothing. */
export async function rerun(options: RerunOptions, { read, accepted }: Given): Promise<Rerun> {
  const tree = parse(readReport(options.path, options.profile), kinds)
  const store: ResultStore = { read, write() {} }
  const { runFolder, env, heapMb, signal } = options
  const results = await runReport(tree, {
    store,
    runFolder,
    env,
    heapMb,
    signal,
    mayRun: accepted === undefined,
    jobsMayRun: false,
    accepted: accepted ?? (() => undefined),
    events: silentEvents,
  })
  return { tree, results }
}
