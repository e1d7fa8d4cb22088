import type { Random } from '../../statistics/random.ts'
import { seededRandom } from '../../statistics/random.ts'
import type { Executor, Host, Outcome, Task } from '../model/types.ts'
import type { ExecutorOptions } from './executor.ts'
import { openExecutor } from './executor.ts'
import { openStops } from './stops.ts'
import { aborted } from './task-process.ts'

interface PoolOptions extends Omit<ExecutorOptions, 'slots'> {
  /** The most processes, each with one task at a time. */
  readonly size: number
  /** Draws the next task from those that wait; the first one that came is next unless given. */
  readonly orderSeed?: number
}

interface Waiting {
  readonly task: Task
  readonly host: Host
  readonly signal: AbortSignal | undefined
  resolve(outcome: Outcome): void
}

/**
 * Runs tasks in up to `size` child processes, one task a process at a time, in the order in which they come, or in one
 * that `orderSeed` decides. A process starts when a task first needs it, and stays up. A task that kills its process
 * fails alone, and a task's signal ends that task alone.
 */
export function openPool(options: PoolOptions): Executor {
  return new Pool(options)
}

class Pool implements Executor {
  readonly #options: PoolOptions
  readonly #executors: Executor[] = []
  readonly #busy = new Set<Executor>()
  readonly #queue: Waiting[] = []
  readonly #stops = openStops()
  readonly #random: Random | undefined
  #closing: Promise<unknown> | undefined

  constructor(options: PoolOptions) {
    this.#options = options
    if (options.orderSeed !== undefined) this.#random = seededRandom(options.orderSeed)
  }

  run(task: Task, host: Host, signal?: AbortSignal): Promise<Outcome> {
    if (signal?.aborted) return Promise.resolve(aborted())
    return new Promise((done) => {
      const forget = this.#stops.add(signal, () => this.#stop(waiting))
      const resolve = (outcome: Outcome) => {
        forget()
        done(outcome)
      }
      const waiting = { task, host, signal, resolve }
      this.#queue.push(waiting)
      this.#next()
    })
  }

  async close(): Promise<void> {
    this.#closing ??= this.#close()
    await this.#closing
  }

  // All at once, so that their times for cleaning up overlap.
  #close(): Promise<unknown> {
    for (const { resolve } of this.#queue.splice(0)) resolve(aborted())
    return Promise.all(this.#executors.map((executor) => executor.close()))
  }

  // One that runs is stopped by its executor.
  #stop(waiting: Waiting): void {
    const at = this.#queue.indexOf(waiting)
    if (at >= 0) this.#queue.splice(at, 1)[0]!.resolve(aborted())
  }

  #next(): void {
    while (this.#queue.length > 0) {
      const executor = this.#closing ? undefined : this.#idle()
      if (!executor && !this.#closing) return
      const [next] = this.#queue.splice(this.#random?.below(this.#queue.length) ?? 0, 1)
      const { task, host, signal, resolve } = next!
      if (!executor) resolve(aborted())
      else {
        this.#busy.add(executor)
        void executor.run(task, host, signal).then((outcome) => {
          this.#busy.delete(executor)
          resolve(outcome)
          this.#next()
        })
      }
    }
  }

  // The oldest first: its process is up already.
  #idle(): Executor | undefined {
    const idle = this.#executors.find((executor) => !this.#busy.has(executor))
    if (idle || this.#executors.length >= this.#options.size) return idle
    const executor = openExecutor({ ...this.#options, slots: 1 })
    this.#executors.push(executor)
    return executor
  }
}
