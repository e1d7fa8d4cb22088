import { mkdirSync, writeFileSync } from 'node:fs'
import type { Digest, SlurmSettings } from '../../model/types.ts'
import type { ExpectedTimes } from '../jobs/expected-times.ts'
import type { JobFolder, JobTask } from '../jobs/job-files.ts'
import {
  type Batch,
  newBatch,
  readBatches,
  removeBatch,
  type Waiting,
  waitFor,
  writeBatch,
} from './batches.ts'
import { planTasks } from './plan-tasks.ts'
import { resultsOf, scriptOf, taskScript } from './slurm-arguments.ts'
import type { SlurmCommands } from './slurm-commands.ts'
import { type ArrayOptions, submitArray } from './submit-array.ts'

export interface SubmitOptions {
  readonly slurm: SlurmCommands
  readonly settings: SlurmSettings
  /** Folder of all batches: `slurm` in the cache of the report. */
  readonly folder: string
  readonly jobs: JobFolder
  /** Absolute path of report.md. */
  readonly report: string
  /** Absolute folder of the build. */
  readonly out: string
  readonly env: NodeJS.ProcessEnv
  /** Threads of each job. */
  readonly threads: number
  readonly times: ExpectedTimes
  /** Everything is computed again, whatever is stored or under way. */
  readonly isFresh: boolean
  /** How long it waits for a busy controller, before it submits again. */
  readonly retryMs?: number
}

export interface Submitted {
  /** Undefined if others have submitted all of its jobs meanwhile. */
  readonly batch: Batch | undefined
  readonly waiting: Waiting | undefined
  /** Jobs that another build submits at the same time. */
  readonly elsewhere: readonly Digest[]
}

const usualSlots = 8
const mostTasks = 500

interface SubmitLimits extends Pick<ArrayOptions, 'without' | 'note' | 'signal'> {
  /** Batches that this build watches already. */
  readonly watched: ReadonlySet<string>
  /** Jobs that go first, by the task that they share. */
  readonly together: readonly (readonly Digest[])[]
}

/**
 * Submits jobs as one array. Its folder is written first, so that a build that dies on the way leaves a trace, and a
 * build that starts at the same time sees it.
 *
 * @throws if Slurm refuses
 */
export async function submitBatch(
  tasks: readonly JobTask[],
  options: SubmitOptions,
  limits: SubmitLimits,
): Promise<Submitted> {
  const { watched, together } = limits
  const first = new Set(together.flat())
  const others = tasks.filter(({ key }) => !first.has(key))
  const planned = [...together, ...(others.length > 0 ? await plan(others, options) : [])]
  const intended = newBatch(options.folder, planned, options.isFresh)
  // Before its file: a batch that nobody waits for is removed.
  mkdirSync(intended.folder, { recursive: true })
  const waiting = waitFor(intended)
  writeBatch(intended)
  const elsewhere = new Set(options.isFresh ? [] : takenBefore(intended, options.folder, watched))
  const own = planned
    .map((keys) => keys.filter((key) => !elsewhere.has(key)))
    .filter((keys) => keys.length > 0)
  if (own.length === 0) {
    removeBatch(intended)
    return { batch: undefined, waiting: undefined, elsewhere: [...elsewhere] }
  }
  try {
    const batch = await submit({ ...intended, tasks: own, isDecided: true }, options, limits)
    writeBatch(batch)
    return { batch, waiting, elsewhere: [...elsewhere] }
  } catch (cause) {
    removeBatch(intended)
    throw cause
  }
}

async function plan(
  tasks: readonly JobTask[],
  { slurm, settings, threads, times }: SubmitOptions,
): Promise<Digest[][]> {
  const { partition, cpus = threads, tasks: limit = mostTasks, time } = settings
  const processors = await slurm.processors(partition)
  const slots = processors === undefined ? usualSlots : Math.max(1, Math.floor(processors / cpus))
  const sized = tasks.map(({ key, job }) => ({ key, expectedMs: times.expectedMs(job.request) }))
  const room = {
    slots: Math.min(slots, limit),
    jobsAtOnce: jobsAtOnce(settings, threads),
    most: mostTasks,
    ...(time !== undefined && { mostMs: usedTime * limitMs(time) }),
  }
  return planTasks(sized, room).map((jobs) => jobs.map(({ key }) => key))
}

// Jobs may take longer than expected, and the last one of a task that its limit ends has computed in vain.
const usedTime = 0.7

/** Reads the time limit of a task, as the front matter has it, in milliseconds: `90`, `1:30:00`, `2-12`, `2-12:00`. */
export function limitMs(time: string): number {
  const [, days, clock] = /^(?:(\d+)-)?(.*)$/.exec(time)!
  const parts = clock!.split(':').map(Number)
  // Without days, one number is minutes, and two are minutes and seconds.
  const [hours = 0, minutes = 0, seconds = 0] =
    days !== undefined || parts.length === 3 ? parts : [0, ...parts]
  return (((Number(days ?? 0) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
}

/** Gives how many jobs a task runs at once. */
export function jobsAtOnce({ cpus = 1 }: SlurmSettings, threads: number): number {
  return Math.max(1, Math.floor(cpus / threads))
}

// Of two builds that submit at the same moment, the one whose batch has the smaller id goes first.
function takenBefore(own: Batch, folder: string, watched: ReadonlySet<string>): Digest[] {
  const keys = new Set(own.tasks.flat())
  return readBatches(folder)
    .filter(({ id, isFresh, isDecided }) => id !== own.id && !isFresh && (isDecided || id < own.id))
    .filter(({ id }) => isYoung(id, own.id) && !watched.has(id))
    .flatMap(({ tasks }) => tasks.flat().filter((key) => keys.has(key)))
}

// Older batches have been looked at before: what is wanted of them now, they did not give.
const sameMomentMs = 3_000

function isYoung(id: string, now: string): boolean {
  const timeOf = (text: string) => Number.parseInt(text, 36)
  return timeOf(now.split('-')[0]!) - timeOf(id.split('-')[0]!) < sameMomentMs
}

function submit(batch: Batch, options: SubmitOptions, limits: SubmitLimits): Promise<Batch> {
  const { slurm, settings, jobs, report, out, env, threads, retryMs } = options
  const { without, note, signal } = limits
  writeBatch(batch)
  if (batch.isFresh) mkdirSync(resultsOf(batch), { recursive: true })
  const script = { report, out, env, threads, jobsAtOnce: jobsAtOnce(settings, threads) }
  writeFileSync(scriptOf(batch), taskScript(batch, script), { mode: 0o700 })
  const array = { slurm, settings, root: jobs.root, threads, without, note, signal }
  return submitArray(batch, { ...array, ...(retryMs !== undefined && { retryMs }) })
}
