import type { Digest } from '../../model/types.ts'
import { type EventReader, type JobEvent, openEventReader } from '../jobs/job-events.ts'
import { type Batch, eventsOf } from './batches.ts'
import type { ArrayTask } from './slurm-commands.ts'

/** How long a task may say nothing, in milliseconds. */
export interface Patience {
  /** After its first word: its worker gives a sign of life every three seconds. */
  readonly silentMs: number
  /** Before its first word, from when Slurm says that it runs. */
  readonly startMs: number
}

/** Why a task gives no more results. */
export interface TaskEnd {
  /** `lost`: it may still run for all that Slurm knows. */
  readonly how: 'ended' | 'lost'
  /** What Slurm says, or how long it has said nothing. */
  readonly why: string
  readonly node: string | undefined
}

/** A task of an array with what is known of it: from its file of events, and from Slurm. */
export class WatchedTask {
  readonly keys: readonly Digest[]
  /** Jobs whose result it has stored. */
  readonly done = new Set<Digest>()
  readonly failed = new Set<Digest>()
  /** Jobs that it has begun. */
  readonly started = new Set<Digest>()
  node: string | undefined
  /** The state that Slurm last gave. */
  state = 'PENDING'
  reason = ''
  /** It has said its first word. */
  isBegun = false
  readonly #read: EventReader
  #hasEnded = false
  #heardAt: number | undefined

  constructor(batch: Batch, index: number) {
    this.keys = batch.tasks[index]!
    this.#read = openEventReader(eventsOf(batch, index))
  }

  /** Reads what it has said since the last time. */
  hear(now: number): readonly JobEvent[] {
    const events = this.#read()
    for (const event of events) this.#note(event)
    if (events.length > 0) this.#heardAt = now
    return events
  }

  /** Takes what Slurm says of it; undefined if Slurm knows it no longer. */
  update(task: ArrayTask | undefined, now: number): void {
    const before = this.state
    this.state = task?.state ?? 'GONE'
    this.reason = task?.reason ?? ''
    this.node ??= task?.node
    if (this.state !== 'RUNNING') return
    // One that was suspended has had no chance to speak.
    if (before === 'SUSPENDED') this.#heardAt = now
    this.#heardAt ??= now
  }

  /** Says how it ended; undefined while results may still come. */
  end(now: number, { silentMs, startMs }: Patience): TaskEnd | undefined {
    const { node } = this
    if (this.#hasEnded || this.open.length === 0) return { how: 'ended', why: 'ended', node }
    if (!isAlive(this.state)) return { how: 'ended', why: wordsOf(this.state, this.reason), node }
    if (this.#heardAt === undefined || this.state === 'SUSPENDED') return undefined
    const silence = now - this.#heardAt
    if (silence < (this.isBegun ? silentMs : startMs)) return undefined
    return { how: 'lost', why: `gave no sign of life for ${Math.round(silence / 1000)} s`, node }
  }

  /** Jobs that it has neither stored a result of, nor failed. */
  get open(): readonly Digest[] {
    return this.keys.filter((key) => !this.done.has(key) && !this.failed.has(key))
  }

  /** Says whether a job was among the first that it began, so many. */
  hasStartedWith(key: Digest, count: number): boolean {
    if (!this.started.has(key)) return false
    let place = 0
    for (const each of this.started) if (each === key || ++place >= count) return each === key
    return false
  }

  #note(event: JobEvent): void {
    if (event.type === 'begun') {
      this.isBegun = true
      this.node = event.host
    } else if (event.type === 'ended') this.#hasEnded = true
    else if (event.type === 'started') this.started.add(event.key)
    else if (event.type === 'done') this.done.add(event.key)
    else if (event.type === 'failed') this.failed.add(event.key)
  }
}

const waiting = [
  ...['PENDING', 'CONFIGURING', 'REQUEUED', 'REQUEUE_HOLD', 'REQUEUE_FED', 'RESV_DEL_HOLD'],
  ...['SUSPENDED', 'STOPPED', 'RESIZING', 'SIGNALING', 'STAGE_OUT'],
]

/** Says whether a task in this state of Slurm's may still run. */
export function isAlive(state: string): boolean {
  return state === 'RUNNING' || state === 'COMPLETING' || waiting.includes(state)
}

function wordsOf(state: string, reason: string): string {
  if (state === 'GONE') return 'is unknown to Slurm'
  const because = reason === '' || reason === 'None' || reason === 'NonZeroExitCode' ? '' : ` (${reason})`
  return `ended as ${state}${because}`
}
