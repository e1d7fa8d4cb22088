import type { Digest } from '../../model/types.ts'
import { plural } from '../../output/format.ts'
import type { JobEvent } from '../jobs/job-events.ts'
import { type JobTask, removeJobFile } from '../jobs/job-files.ts'
import {
  type Batch,
  hasWaiting,
  isNew,
  lastWordsOf,
  nameOf,
  readBatch,
  readBatches,
  removeBatch,
  type Waiting,
  waitFor,
} from './batches.ts'
import { resultsOf } from './slurm-arguments.ts'
import { type SubmitOptions, submitBatch } from './submit-batch.ts'
import { isAlive, type Patience, type TaskEnd, WatchedTask } from './watched-task.ts'

export interface BatchesOptions extends SubmitOptions {
  /** Folder of the results. */
  readonly store: string
  readonly patience?: Patience
  /** How often Slurm is asked, and other builds are told that this one waits. */
  readonly askMs?: number
}

/** A task that gives no more results. */
export interface Ended {
  /** Its jobs without a result. */
  readonly open: readonly Digest[]
  /** Those of them that may have ended it. */
  readonly suspects: readonly Digest[]
  /** For people: `on n1 ended as TIMEOUT`. */
  readonly why: string
  /** The next try would end in the same way. */
  readonly isHopeless: boolean
}

interface Sink {
  event(event: JobEvent, key: Digest): void
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
  readonly #lostNodes = new Set<string>()
  #askedAt = performance.now()

  constructor(options: BatchesOptions, sink: Sink) {
    this.#options = { ...usual, ...options }
    this.#sink = sink
  }

  /** Submits jobs, but not those that are under way. Gives those that another build had, and has no longer. */
  async submit(tasks: readonly JobTask[]): Promise<readonly Digest[]> {
    const { isFresh } = this.#options
    const wanted = new Set(tasks.map(({ key }) => key))
    if (!isFresh) await this.#adopt(wanted)
    const missing = tasks.filter(({ key }) => this.#isLeft(key))
    if (missing.length === 0) return []
    const { batch, waiting, elsewhere } = await submitBatch(missing, this.#options, {
      without: [...this.#lostNodes],
      watched: this.#ids(),
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
      const count = this.#replay(watched)
      // Only now, so that nothing that it said before is taken for news.
      this.#watched = [...this.#watched, watched]
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
          sink.event(event, key)
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
      this.#sink.note(`lets array ${arrayId} wait (${reason})`)
    watched.reason = reason
  }

  #hear({ batch, tasks }: Watched): void {
    const now = performance.now()
    for (const [index, task] of tasks.entries()) {
      if (!task) continue
      for (const event of task.hear(now)) {
        const last = [...task.started].at(-1)
        const key = 'key' in event ? event.key : last
        if (key !== undefined) this.#sink.event(event, key)
      }
      const end = task.end(now, this.#options.patience)
      if (!end) continue
      tasks[index] = undefined
      this.#end(batch, index, task, end)
    }
  }

  #end(batch: Batch, index: number, task: WatchedTask, { how, why, node }: TaskEnd): void {
    const { open } = task
    if (how === 'lost') {
      if (node !== undefined) this.#lostNodes.add(node)
      if (batch.arrayId !== undefined) this.#options.slurm.cancel([`${batch.arrayId}_${index}`])
    }
    if (open.length === 0) return
    const begun = open.filter((key) => task.started.has(key))
    const words = task.started.size === 0 ? lastWordsOf(batch, index) : ''
    const [where, last] = [node === undefined ? '' : `on ${node} `, words === '' ? '' : `: ${words}`]
    // Slurm took its node for more urgent work, which says nothing of its jobs.
    const isPreempted = task.state === 'PREEMPTED'
    const isFull = task.state === 'OUT_OF_MEMORY'
    const isLate = task.state === 'TIMEOUT' && task.done.size === 0
    const advice =
      isFull || isLate ? `: give it more with \`slurm: { ${isFull ? 'memory' : 'time'}: ... }\`` : ''
    this.#sink.ended({
      open,
      suspects: isPreempted ? [] : begun.length > 0 ? begun : task.started.size === 0 ? open : [],
      why: `${where}${why}${advice}${last}`,
      isHopeless: isFull || isLate,
    })
  }
}

function watchedOf(batch: Batch, waiting: Waiting): Watched {
  const tasks = batch.tasks.map((_, index) => new WatchedTask(batch, index))
  return { batch, waiting, tasks, reason: '' }
}
