import { join } from 'node:path'
import type { Listener } from '../render/execute/events.ts'
import { jobLabel } from '../render/execute/job-runner.ts'
import { openTimes } from '../render/execute/jobs/expected-times.ts'
import { type JobFolder, type JobTask, writeJobFile } from '../render/execute/jobs/job-files.ts'
import { recordJobs } from '../render/execute/jobs/record-jobs.ts'
import { openWorkers } from '../render/execute/workers.ts'
import { hasErrors } from '../render/model/messages.ts'
import type { Digest, JobRequest, Json, StoredResult } from '../render/model/types.ts'
import { plural } from '../render/output/format.ts'
import { knownTimes } from '../render/pipeline/known-times.ts'
import type { Session } from '../render/pipeline/session.ts'
import type { Run } from '../render/pipeline/stages.ts'
import type { Arguments } from './arguments.ts'
import type { Console } from './console.ts'
import { openReport } from './open-report.ts'

/** A job of a report, as `weft jobs --json` lists it. */
interface ListedJob extends JobRequest {
  readonly key: Digest
  readonly label: string
  readonly state: 'stored' | 'missing'
  /** How long it took, or will take as far as earlier jobs tell. */
  readonly seconds?: number
}

/**
 * Lists the jobs of a report, and lays those without a result where `weft job` finds them. Its cells run, as far as
 * they need no missing job. Gives the exit status: 1 if the report has another fault.
 */
export async function runJobs(given: Arguments, console: Console, signal: AbortSignal): Promise<number> {
  const { report, jobs: options } = given
  const missing: JobTask[] = []
  const reused = new Map<Digest, StoredResult>()
  const listener: Listener = (event) => {
    if (event.type === 'job-finished') reused.set(event.job.key, event.job)
    console.listener(event)
  }
  const session = openReport(report, { signal, listener })
  try {
    const run = await runCells(session, given, (task) => missing.push(task))
    console.stop()
    const folder = { root: run.source.report.root, folder: join(session.options.paths.cache, 'jobs') }
    const stored = new Map([...run.jobs, ...reused])
    const listed = withLabels([
      ...longestFirst([...stored.values()].map(listStored)),
      ...longestFirst(listMissing(run, missing, { session, folder })),
    ])
    const wanted = options.isMissing ? listed.filter(({ state }) => state === 'missing') : listed
    console.answer(options.isJson ? `${JSON.stringify(wanted, null, 2)}\n` : wanted.map(lineOf).join(''))
    const { files } = run.source.report
    console.messages(files)
    const status = tellFaults(run, missing.length, console)
    return hasErrors(files) ? 1 : status
  } finally {
    await session.close()
  }
}

async function runCells(
  session: Session,
  { report: { env }, build }: Arguments,
  onJob: (task: JobTask) => void,
): Promise<Run> {
  const program = await session.bundle(session.read())
  const { paths, signal } = session.options
  const opened = openWorkers(program.source.report, {
    runFolder: join(paths.cache, 'run'),
    env,
    jobs: build.jobs,
  })
  const end = () => void opened.close()
  signal?.addEventListener('abort', end, { once: true })
  try {
    return await session.run(program, {
      workers: recordJobs(opened, onJob),
      evaluates: false,
      // A cell may catch the failure of a job: what it makes then is no result.
      reuse: (store) => ({ ...store, write() {} }),
    })
  } finally {
    await opened.close()
  }
}

function listMissing(
  run: Run,
  missing: readonly JobTask[],
  { session, folder }: { readonly session: Session; readonly folder: JobFolder },
): ListedJob[] {
  const times = openTimes(folder.folder, knownTimes(session.options.mode, run))
  for (const task of missing) writeJobFile(folder, task)
  return missing.map(({ key, label, job: { request } }): ListedJob => {
    const ms = times.expectedMs(request)
    return { key, label, state: 'missing', ...request, ...(ms !== undefined && { seconds: ms / 1000 }) }
  })
}

function longestFirst(jobs: readonly ListedJob[]): readonly ListedJob[] {
  return jobs.toSorted((a, b) => (b.seconds ?? 0) - (a.seconds ?? 0))
}

/** Names each job by its seed and by all params in which the listed jobs of its experiment differ. */
function withLabels(jobs: readonly ListedJob[]): readonly ListedJob[] {
  const common = new Map<string, Record<string, Json>>()
  for (const job of jobs) {
    const own = Object(job.params) as Record<string, Json>
    const others = Object.entries(common.get(addressOf(job)) ?? own)
    const equal = others.filter(([name, value]) => JSON.stringify(own[name]) === JSON.stringify(value))
    common.set(addressOf(job), Object.fromEntries(equal))
  }
  return jobs.map((job) => ({ ...job, label: jobLabel(job, common.get(addressOf(job))) }))
}

function addressOf({ module, name }: ListedJob): string {
  return `${module}#${name}`
}

function listStored({ key, provenance: { label, job, elapsedMs } }: StoredResult): ListedJob {
  return { key, label, state: 'stored', ...job!, seconds: elapsedMs / 1000 }
}

function lineOf({ key, label, state, seconds }: ListedJob): string {
  const time = seconds === undefined ? '' : `${state === 'missing' ? 'about ' : ''}${seconds.toFixed(1)} s`
  return `${key}  ${state.padEnd(7)}  ${time.padStart(13)}  ${label}\n`
}

// A cell whose job is missing fails, which is no fault here.
function tellFaults({ cells }: Run, missing: number, console: Console): number {
  const failed = [...cells.values()].filter((result) => result.state === 'failed')
  const faults = failed.filter(({ failure }) => failure.kind !== 'aborted')
  for (const { cell, failure } of faults) {
    const { line, column } = cell.position.start
    console.note(`${cell.file}:${line}:${column}: #${cell.label} fails: ${failure.message}`)
  }
  const isWaiting = faults.length < failed.length
  const later = isWaiting ? '; the cells that wait for them may ask for more' : ''
  console.note(`  ${plural(missing, 'job')} missing${later}`)
  return faults.length > 0 ? 1 : 0
}
