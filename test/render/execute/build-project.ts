import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { VFile } from 'vfile'
import { inject } from '../../../src/render/assemble/inject.ts'
import { kinds } from '../../../src/render/assemble/registers/fill-register.ts'
import { type BundledReport, bundleReport } from '../../../src/render/bundle/bundle-report.ts'
import { writeOnly } from '../../../src/render/cache/result-store.ts'
import { openResults } from '../../../src/render/cache/store.ts'
import type { CellResult } from '../../../src/render/execute/cell-result.ts'
import { type Evaluated, type Expressions, evaluate } from '../../../src/render/execute/evaluate.ts'
import type { Listener } from '../../../src/render/execute/events.ts'
import { openExecutor } from '../../../src/render/execute/executor.ts'
import { allExpressions } from '../../../src/render/execute/expressions.ts'
import { openJobs } from '../../../src/render/execute/job-runner.ts'
import { openPool } from '../../../src/render/execute/pool.ts'
import { reportDifferences } from '../../../src/render/execute/report-differences.ts'
import { reportImpureJobs } from '../../../src/render/execute/report-impure.ts'
import { jobsOf, runCells } from '../../../src/render/execute/run-cells.ts'
import { lintReport } from '../../../src/render/lint/lint-report.ts'
import { Unreadable } from '../../../src/render/model/messages.ts'
import type {
  Chapter,
  Digest,
  Json,
  Progress,
  ReportTree,
  StoredResult,
  Target,
} from '../../../src/render/model/types.ts'
import { cite } from '../../../src/render/page/cite.ts'
import { parse } from '../../../src/render/syntax/parse.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import { writeFiles } from './temporary-project.ts'

export interface BuildOptions {
  /** Of the report in the project; by default `report.md`. */
  readonly path?: string
  readonly profile?: string
  readonly heapMb?: number
  readonly signal?: AbortSignal
  readonly slots?: number
  /** How many jobs may run at once. */
  readonly jobs?: number
  /** Nothing may run. */
  readonly cached?: boolean
  /** Runs everything, as if nothing were kept. */
  readonly rerun?: boolean
  /** Accepted results by label, for what may not run. */
  readonly accepted?: (label: string) => StoredResult | undefined
  readonly env?: NodeJS.ProcessEnv
  /** Numbers that were typed are told of. */
  readonly lint?: boolean
  /** Told as things happen: `start x`, `done x`, `log x: text`, `progress ...`. */
  readonly tell?: (event: string) => void
}

export interface Built {
  readonly tree: ReportTree
  /** With everything in its place. */
  readonly chapters: readonly Chapter[]
  readonly targets: readonly Target[]
  readonly bundled: BundledReport
  readonly cells: ReadonlyMap<string, CellResult>
  readonly expressions: Expressions
  /** What they came to, in order. */
  readonly values: readonly (Evaluated | undefined)[]
  readonly exports: Readonly<Record<string, Json>>
  /** Label -> `ran`, `reused`, `failed`... */
  readonly states: Readonly<Record<string, CellResult['state']>>
  /** Every message: `file:line:column rule reason`. */
  readonly said: readonly string[]
  readonly events: readonly string[]
  /** StoredResult files that could not be used. */
  readonly damaged: readonly string[]
}

const engine = 'export const openEngine = () => ({ name: "none", version: "1" })\n'

/** Reads, parses, bundles, runs, evaluates, injects and cites the report.md of a project: all but its page. */
export async function buildProject(root: string, options: BuildOptions = {}): Promise<Built> {
  const report = readReport(join(root, options.path ?? 'report.md'), options.profile)
  const tree = parse(report, kinds)
  const bundled = await bundleReport(tree)
  const cache = join(root, 'dist/.cache')
  writeFiles(cache, { 'engine.mjs': engine })
  const events: string[] = []
  const damaged: string[] = []
  const tell = (event: string) => {
    events.push(event)
    options.tell?.(event)
  }
  const kept = openResults(report, options.env ?? {}, {
    layers: [join(root, 'freeze'), join(cache, 'freeze')],
    writeTo: join(cache, 'freeze'),
    onDamaged: (path, reason) => damaged.push(`${path.slice(root.length + 1)}: ${reason}`),
  })
  const store = options.rerun ? writeOnly(kept) : kept
  const common = {
    root: report.root,
    folder: report.folder,
    runFolder: join(cache, 'run'),
    heapMb: options.heapMb ?? 128,
    engine: pathToFileURL(join(cache, 'engine.mjs')).href,
    env: options.env ?? { PATH: process.env.PATH, HOME: process.env.HOME },
  }
  const executor = openExecutor({ ...common, slots: options.slots ?? 2 })
  const jobExecutor = openPool({ ...common, size: options.jobs ?? 1 })
  const jobs = openJobs({
    root: report.root,
    store,
    executor: jobExecutor,
    signal: options.signal,
    size: options.jobs ?? 1,
    listener: telling(tell),
  })
  try {
    const cellResults = await runCells(tree, bundled, {
      store,
      executor: options.cached ? undefined : executor,
      jobs,
      signal: options.signal,
      accepted: (label) => options.accepted?.(label),
      listener: telling(tell),
    })
    reportDifferences(tree, cellResults.cells, kept.differences)
    await reportImpureJobs(tree, cellResults.cells, jobsOf(cellResults.cells, kept.read), jobs.bundle)
    const found = allExpressions(tree, cellResults.cells)
    const expressions = await evaluate(tree, bundled, cellResults.exports, found, { executor })
    if (options.lint)
      await lintReport(tree, { cells: cellResults.cells, expressions, bundles: bundled.cells })
    const injected = await inject(tree, {
      cells: cellResults.cells,
      expressions,
      jobs: jobsOf(cellResults.cells, store.read),
      bundles: bundled.cells,
    })
    const cited = await cite(injected.chapters, report, { cache: new Map() })
    return {
      tree,
      bundled,
      cells: cellResults.cells,
      expressions,
      values: [...expressions.values()].map(({ result }) => result),
      exports: Object.fromEntries(cellResults.exports),
      states: Object.fromEntries([...cellResults.cells].map(([label, { state }]) => [label, state])),
      chapters: cited.chapters,
      targets: injected.targets,
      said: messagesOf([...report.files, ...cited.files]),
      events,
      damaged,
    }
  } finally {
    await Promise.all([executor.close(), jobExecutor.close()])
  }
}

function telling(tell: (event: string) => void): Listener {
  return (event) => {
    if (event.type === 'cell-started') tell(`start ${event.cell.label}`)
    else if (event.type === 'cell-finished') tell(`${event.result.state} ${event.result.cell.label}`)
    else if (event.type === 'job-started') tell(`job ${event.label}`)
    else if (event.type === 'engine-opened') tell(`engine ${event.engine.name} ${event.engine.version}`)
    else if (event.type === 'job-progressed') tell(progressOf(event.step))
    else if (event.type === 'job-finished') tell(`${event.how} job ${event.job.provenance.label}`)
    else if (event.type === 'logged') tell(`log ${event.label}: ${event.text}`)
  }
}

function progressOf({ label, epoch, epochs, loss }: Progress): string {
  return `progress ${label} ${epoch}/${epochs} ${loss}`
}

/** Gives the keys of all cells that have a result. */
export function keysOf({ cells }: Built): Record<string, Digest> {
  return Object.fromEntries(
    [...cells].flatMap(([label, cellResult]) =>
      'stored' in cellResult && cellResult.stored ? [[label, cellResult.stored.key]] : [],
    ),
  )
}

/** Gives the messages of files: `file:line:column rule reason`. */
export function messagesOf(files: readonly VFile[]): string[] {
  return files.flatMap((file) =>
    file.messages.map(
      ({ line, column, ruleId, reason }) => `${file.path}:${line ?? 1}:${column ?? 1} ${ruleId} ${reason}`,
    ),
  )
}

/** Gives the messages of a report that cannot be read, or of a parsed one. */
export function messagesOfReading(root: string, profile?: string): string[] {
  try {
    return messagesOf(parse(readReport(join(root, 'report.md'), profile), kinds).report.files)
  } catch (error) {
    if (error instanceof Unreadable) return messagesOf(error.files)
    throw error
  }
}
