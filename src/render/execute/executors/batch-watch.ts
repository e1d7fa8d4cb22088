import type { Digest } from '../../model/types.ts'
import { plural } from '../../output/format.ts'
import type { JobEvent } from '../jobs/job-events.ts'
import { type JobTask, removeJobFile } from '../jobs/job-files.ts'
import {
  type Batch,
  hasWaiting,
  isNew,
  nameOf,
  readBatch,
  readBatches,
  removeBatch,
  type Waiting,
  waitFor,
} from './batches.ts'
import { type Ended, endedOf } from './ended.ts'
import { pendingWords } from './pending.ts'
import { resultsOf } from './slurm-arguments.ts'
import { jobsAtOnce, type SubmitOptions, submitBatch } from './submit-batch.ts'
import { isAlive, type Patience, type TaskEnd, WatchedTask } from './watched-task.ts'

export interface BatchesOptions extends SubmitOptions {
  /** Folder of the results. */
  readonly store: string
  readonly patience?: Patience
  /** How often Slurm is asked, and other builds are told that this one waits. */
  readonly askMs?: number
}

interface Sink {
  event(event: JobEvent, key: Digest, node: string | undefined): void
  ended(ended: Ended): void
  note(text: string): void
  wants(key: Digest): boolean
}

interface Watched {
  batch: Batch
  readonly waiting: Waiting
  readonly tasks: (WatchedTask | undefined)[]
  reason: string
}

const usual = { patience: { silentMs: 20_000, startMs: 60_000 }, askMs: 4_000 }

/** The batches that a build waits for: its own, and those of other builds that have jobs it wants. */
export class Batches {
  readonly #options: BatchesOptions & typeof usual
  readonly #sink: Sink
  #watched: readonly Watched[] = []
  // Nodes.
  readonly #avoided = new Set<string>()
  #askedAt = performance.now()

  constructor(options: BatchesOptions, sink: Sink) {
    this.#options = { ...usual, ...options }
    this.#sink = sink
  }

  /**
   * Submits jobs, but not those that are under way. Gives those that another build had, and has no longer.
   *
   * @param together jobs that go first, by the task that they share
   */
  async submit(
    tasks: readonly JobTask[],
    together: readonly (readonly Digest[])[],
    signal: AbortSignal,
  ): Promise<readonly Digest[]> {
    const { isFresh } = this.#options
    const wanted = new Set(tasks.map(({ key }) => key))
    if (!isFresh) await this.#adopt(wanted)
    const missing = tasks.filter(({ key }) => this.#isLeft(key))
    if (missing.length === 0) return []
    const left = new Set(missing.map(({ key }) => key))
    const { batch, waiting, elsewhere } = await submitBatch(missing, this.#options, {
      without: [...this.#avoided],
      watched: this.#ids(),
      together: together.map((keys) => keys.filter((key) => left.has(key))).filter((keys) => keys.length > 0),
      note: (text) => this.#sink.note(text),
      signal,
    })
    if (batch && waiting) {
      this.#watched = [...this.#watched, watchedOf(batch, waiting)]
      const [jobs, arrays] = [batch.tasks.flat().length, batch.tasks.length]
      this.#sink.note(`runs ${plural(jobs, 'job')} in ${plural(arrays, 'task')} of array ${batch.arrayId}`)
    }
    if (elsewhere.length > 0) await this.#adopt(new Set(elsewhere))
    return elsewhere.filter((key) => this.#isLeft(key))
  }

  /** Reads what all tasks have said, and asks Slurm now and then. Gives how many may still say something. */
  async poll(): Promise<number> {
    const now = performance.now()
    const isDue = now - this.#askedAt >= this.#options.askMs
    if (isDue) this.#askedAt = now
    for (const watched of this.#watched) {
      if (isDue) await this.#ask(watched)
      this.#hear(watched)
    }
    return this.#watched.flatMap(({ tasks }) => tasks).filter((task) => task !== undefined).length
  }

  /** Folder that has the result of a job. */
  resultsOf(key: Digest): string {
    const own = this.#watched.findLast(({ batch }) => batch.isFresh && batch.tasks.flat().includes(key))
    return own ? resultsOf(own.batch) : this.#options.store
  }

  /** Says whether a job was among the first of its task, whose processes had to start and to load its code. */
  isCold(key: Digest): boolean {
    const count = jobsAtOnce(this.#options.settings, this.#options.threads)
    return this.#watched.some(({ tasks }) => tasks.some((task) => task?.hasStartedWith(key, count)))
  }

  /** A result that was said to be there is not. */
  forget(key: Digest): void {
    for (const { tasks } of this.#watched) for (const task of tasks) task?.done.delete(key)
  }

  /** Cancels what no other build waits for, and forgets what is over. */
  close(): void {
    const { slurm, times, jobs, isFresh } = this.#options
    for (const { batch, tasks, waiting } of this.#watched) {
      waiting.leave()
      const open = tasks.filter((task) => task !== undefined && task.open.length > 0)
      if (waiting.hasOthers()) continue
      if (open.length > 0 && batch.arrayId !== undefined) slurm.cancel([batch.arrayId])
      if (isFresh) for (const key of batch.tasks.flat()) removeJobFile(jobs, key)
      removeBatch(batch)
    }
    this.#watched = []
    times.save()
  }

  // Says whether a job is wanted, and no task has it.
  #isLeft(key: Digest): boolean {
    const isUnderWay = this.#watched.some(({ tasks }) =>
      tasks.some((task) => task !== undefined && (task.done.has(key) || task.open.includes(key))),
    )
    return !isUnderWay && this.#sink.wants(key)
  }

  #ids(): ReadonlySet<string> {
    return new Set(this.#watched.map(({ batch }) => batch.id))
  }

  // Waits for the jobs of builds that died, or that run now.
  async #adopt(wanted: ReadonlySet<Digest>): Promise<void> {
    const known = this.#ids()
    for (const found of readBatches(this.#options.folder)) {
      if (known.has(found.id)) continue
      const batch = await this.#living(found)
      if (!batch || batch.isFresh || !batch.tasks.flat().some((key) => wanted.has(key))) continue
      const watched = watchedOf(batch, waitFor(batch))
      await this.#ask(watched)
      // Only now, so that nothing that it said before is taken for news.
      this.#watched = [...this.#watched, watched]
      const count = this.#replay(watched)
      const array = batch.arrayId === undefined ? 'an array' : `array ${batch.arrayId}`
      if (count > 0) this.#sink.note(`runs ${count} of these jobs already, in ${array}`)
    }
  }

  // Gives a batch that may still bring results, and removes any other.
  async #living(batch: Batch): Promise<Batch | undefined> {
    const { slurm } = this.#options
    const isWaitedFor = hasWaiting(batch.folder)
    const arrayId = batch.arrayId ?? (await slurm.find(nameOf(batch)))
    if (arrayId === undefined && isWaitedFor && isNew(batch)) return batch
    const tasks = arrayId === undefined ? [] : await slurm.tasks(arrayId)
    const isLiving = tasks === undefined || tasks.some(({ state }) => isAlive(state))
    if (isWaitedFor || (isLiving && !batch.isFresh)) return { ...batch, arrayId }
    if (isLiving && arrayId !== undefined) slurm.cancel([arrayId])
    removeBatch(batch)
    return undefined
  }

  // What it has said before this build came is told in short; a job that has failed is tried once more.
  #replay({ tasks }: Watched): number {
    const sink = this.#sink
    let count = 0
    for (const task of tasks) {
      const events = task!.hear(performance.now())
      for (const key of task!.keys.filter((one) => sink.wants(one))) {
        const own = events.filter((event) => 'key' in event && event.key === key)
        if (task!.open.includes(key) || task!.done.has(key)) count += 1
        const step = own.findLast(({ type }) => type === 'progress')
        const told = own.filter(({ type }) => type === 'started' || type === 'done')
        for (const event of step ? [...told.slice(0, 1), step, ...told.slice(1)] : told)
          sink.event(event, key, task!.node)
      }
    }
    return count
  }

  async #ask(watched: Watched): Promise<void> {
    watched.waiting.renew()
    const { slurm, folder } = this.#options
    const { batch, tasks } = watched
    if (tasks.every((task) => task === undefined)) return
    if (batch.arrayId === undefined) {
      const arrayId = readBatch(folder, batch.id)?.arrayId ?? (await slurm.find(nameOf(batch)))
      if (arrayId !== undefined) watched.batch = { ...batch, arrayId }
      else if (watched.waiting.hasOthers() && isNew(batch)) return
    }
    const { arrayId } = watched.batch
    const states = arrayId === undefined ? [] : await slurm.tasks(arrayId)
    if (!states) return
    const byIndex = new Map(states.map((state) => [state.index, state]))
    for (const [index, task] of tasks.entries()) task?.update(byIndex.get(index), performance.now())
    const left = tasks.filter((task) => task !== undefined)
    const reason = left.every(({ state }) => state === 'PENDING') ? (left[0]?.reason ?? '') : ''
    if (reason !== '' && reason !== 'None' && reason !== watched.reason)
      this.#sink.note(pendingWords(arrayId!, left, reason))
    watched.reason = reason
  }

  #hear({ batch, tasks }: Watched): void {
    const now = performance.now()
    for (const [index, task] of tasks.entries()) {
      if (!task) continue
      for (const event of task.hear(now)) {
        const last = [...task.started].at(-1)
        const key = 'key' in event ? event.key : last
        if (key !== undefined) this.#sink.event(event, key, task.node)
      }
      const end = task.end(now, this.#options.patience)
      if (!end) continue
      tasks[index] = undefined
      this.#end(batch, index, task, end)
    }
  }

  #end(batch: Batch, index: number, task: WatchedTask, end: TaskEnd): void {
    const ended = endedOf(batch, index, task, end)
    if (ended.avoid !== undefined) this.#avoided.add(ended.avoid)
    if (end.how === 'lost' && batch.arrayId !== undefined)
      this.#options.slurm.cancel([`${batch.arrayId}_${index}`])
    if (ended.open.length > 0) this.#sink.ended(ended)
  }
}

function watchedOf(batch: Batch, waiting: Waiting): Watched {
  const tasks = batch.tasks.map((_, index) => new WatchedTask(batch, index))
  return { batch, waiting, tasks, reason: '' }
}
