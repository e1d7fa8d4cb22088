import type { Executor, Host, Outcome, Task } from '../model/types.ts'
import { openStops } from './stops.ts'
import {
  type Assigned,
  aborted,
  failed,
  TaskProcess,
  type TaskProcessOptions,
  type Victim,
} from './task-process.ts'
import { openPrograms, type Programs } from './write-program.ts'

export interface ExecutorOptions extends TaskProcessOptions {
  /** Folder for the code of tasks. */
  readonly runFolder: string
  /** How many new files stay in that folder. Default: all. */
  readonly mostPrograms?: number
  /** How many tasks may run at once. */
  readonly slots: number
  /** How many tasks that wait for a job may leave their slots to others. Default: none. */
  readonly mostWaiting?: number
  /** Starts the process at once, so that it is ready when the first task comes. */
  readonly isEarly?: boolean
  /** A fresh process takes over after this many tasks. Default: never. */
  readonly mostTasks?: number
  /** Tasks that came later start first, those of one moment in their order: what was edited last is wanted most. */
  readonly isNewestFirst?: boolean
  /** A process without a task ends after this time. Default: never. */
  readonly idleMs?: number
}

/**
 * Runs tasks in one child process that stays up, at most `slots` at a time, in the order in which they come; values are
 * evaluated at once. A task can only fail itself: when the process dies, the tasks that ran side by side run again one
 * by one, to find the one that killed it. A task's signal ends that task alone; a job gets a moment to end by itself.
 */
export function openExecutor(options: ExecutorOptions): Executor {
  return new ProcessExecutor(options)
}

interface Queued extends Assigned {
  /** Number of the moment in which it came. */
  readonly moment: number
}

class ProcessExecutor implements Executor {
  readonly #options: ExecutorOptions
  readonly #programs: Programs
  readonly #queue: Queued[] = []
  readonly #stops = openStops()
  /** All that still run; only the last one takes tasks. */
  #processes: readonly TaskProcess[] = []
  #idle: NodeJS.Timeout | undefined
  #moment = 0
  #closing: Promise<unknown> | undefined

  constructor(options: ExecutorOptions) {
    this.#options = options
    this.#programs = openPrograms(options.runFolder, options.root, options.mostPrograms)
    if (options.isEarly) this.#open()
  }

  run(task: Task, host: Host, signal?: AbortSignal): Promise<Outcome> {
    if (signal?.aborted) return Promise.resolve(aborted())
    return new Promise((done) => {
      const forget = this.#stops.add(signal, () => this.#stop(assigned))
      const resolve = (outcome: Outcome) => {
        forget()
        done(outcome)
      }
      const assigned = { task, host, isAlone: false, resolve, moment: this.#moment }
      this.#enqueue(assigned)
      this.#next()
    })
  }

  #enqueue(assigned: Queued): void {
    const older = this.#options.isNewestFirst
      ? this.#queue.findIndex(({ moment }) => moment < assigned.moment)
      : -1
    this.#queue.splice(older < 0 ? this.#queue.length : older, 0, assigned)
    const { moment } = assigned
    setImmediate(() => {
      this.#moment = Math.max(this.#moment, moment + 1)
    })
  }

  async close(): Promise<void> {
    for (const { resolve } of this.#queue.splice(0)) resolve(aborted())
    clearTimeout(this.#idle)
    this.#closing ??= Promise.all(this.#processes.map((one) => one.close()))
    await this.#closing
  }

  #stop(assigned: Assigned): void {
    const at = this.#queue.findIndex(({ resolve }) => resolve === assigned.resolve)
    if (at >= 0) this.#queue.splice(at, 1)[0]!.resolve(aborted())
    else this.#processes.some((one) => one.stop(assigned))
    this.#next()
  }

  #next(): void {
    for (let at = 0; at < this.#queue.length; ) {
      const next = this.#queue[at]!
      if (this.#closing) {
        this.#queue.shift()
        next.resolve(aborted())
      } else if (this.#hasRoom(next)) {
        this.#queue.splice(at, 1)
        this.#current().start(next)
      } else at++
    }
    this.#rest()
  }

  // Values take no time, and the page waits for them.
  #hasRoom(next: Assigned): boolean {
    if (next.task.kind === 'values') return true
    if (this.#queue.find(({ task }) => task.kind !== 'values') !== next) return false
    const { slots, mostWaiting = 0 } = this.#options
    const loads = this.#processes.map(({ load }) => load)
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
    const waiting = sum(loads.map((load) => load.waiting))
    const running = sum(loads.map(({ computing }) => computing)) + Math.max(0, waiting - mostWaiting)
    if (next.isAlone) return running + waiting === 0
    return running < slots && !loads.some(({ isAlone }) => isAlone)
  }

  #current(): TaskProcess {
    const { mostTasks = Number.POSITIVE_INFINITY } = this.#options
    const last = this.#processes.at(-1)
    if (last?.isOpen && last.count < mostTasks) return last
    last?.retire()
    return this.#open()
  }

  #open(): TaskProcess {
    const opened = new TaskProcess(this.#options, this.#programs, {
      died: (...death) => this.#died(...death),
      changed: () => this.#next(),
    })
    this.#processes = [...this.#processes, opened]
    return opened
  }

  #rest(): void {
    const { idleMs } = this.#options
    if (idleMs === undefined) return
    clearTimeout(this.#idle)
    if (this.#processes.length === 0 || this.#processes.some(({ isIdle }) => !isIdle)) return
    this.#idle = setTimeout(() => {
      for (const one of this.#processes) one.retire()
    }, idleMs).unref()
  }

  // Values run no code of a package, so they did not kill it. Nor did a task that had not begun: it came while the
  // process ended. If that happens to a task twice, it is a suspect.
  #died(owner: TaskProcess, victims: readonly Victim[], how: string): void {
    this.#processes = this.#processes.filter((one) => one !== owner)
    const present = victims.filter(({ isBegun, wasLost }) => isBegun || wasLost)
    const suspects = present.filter(({ task }) => task.kind !== 'values')
    const guilty = suspects.length === 1 || present.length === 1 ? (suspects[0] ?? present[0]) : undefined
    guilty?.resolve(failed('crash', `killed its process, which ${how}`))
    const again = victims.filter((victim) => victim !== guilty)
    this.#queue.unshift(
      ...again.map((victim) => ({
        ...victim,
        moment: this.#moment,
        isAlone: suspects.includes(victim),
        wasLost: !present.includes(victim),
      })),
    )
    this.#next()
  }
}
