import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { weftProgram } from '../model/home.ts'
import type { Executor, Failure, Host, Outcome, Task } from '../model/types.ts'
import type { FromProcess, ToProcess } from '../worker/protocol.ts'
import { writeProgram } from './write-program.ts'

const graceMs = 200

export interface ExecutorOptions {
  /** Absolute folder of the project. */
  readonly root: string
  /** Working folder of the tasks: the report's. */
  readonly folder: string
  /** Folder for the code of tasks. */
  readonly runFolder: string
  /** How many tasks may run at once. */
  readonly slots: number
  /** Heap of a task, in MiB. */
  readonly heapMb?: number
  /** Module that opens an engine for a job. */
  readonly engine: string
  readonly env: NodeJS.ProcessEnv
  /** Starts the process at once, so that it is ready when the first task comes. */
  readonly isEarly?: boolean
}

interface Waiting {
  readonly task: Task
  readonly host: Host
  readonly signal: AbortSignal | undefined
  readonly isAlone: boolean
  resolve(outcome: Outcome): void
}

/**
 * Runs tasks in one child process that stays up, at most `slots` at a time, in the order in which they come.
 * A task can only fail itself: when the process dies, the tasks that ran side by side run again one by one, to find
 * the one that killed it.
 */
export function openExecutor(options: ExecutorOptions): Executor {
  return new ProcessExecutor(options)
}

class ProcessExecutor implements Executor {
  readonly #options: ExecutorOptions
  readonly #queue: Waiting[] = []
  readonly #running = new Map<number, Waiting>()
  readonly #signals = new WeakSet<AbortSignal>()
  #child: ChildProcess | undefined
  #lastWords = ''
  #ids = 0
  #closing: Promise<void> | undefined

  constructor(options: ExecutorOptions) {
    this.#options = options
    if (options.isEarly) this.#child = this.#open()
  }

  run(task: Task, host: Host, signal?: AbortSignal): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#queue.push({ task, host, signal, isAlone: false, resolve })
      this.#listen(signal)
      this.#next()
    })
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    const all = [...this.#running.values(), ...this.#queue.splice(0)]
    this.#running.clear()
    for (const waiting of all) waiting.resolve(aborted())
    const child = this.#child
    this.#child = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    if (all.length > 0) await this.#askToStop(child, gone)
    child.kill('SIGKILL')
    await gone
  }

  // A job may clean up when its signal fires, but not for longer than this.
  async #askToStop(child: ChildProcess, gone: Promise<unknown>): Promise<void> {
    for (let id = 1; id <= this.#ids; id++) child.send({ type: 'abort', id } satisfies ToProcess, () => {})
    await Promise.race([gone, setTimeout(graceMs)])
  }

  #listen(signal: AbortSignal | undefined): void {
    if (!signal || this.#signals.has(signal)) return
    this.#signals.add(signal)
    signal.addEventListener('abort', () => void this.close(), { once: true })
  }

  #next(): void {
    while (this.#queue.length > 0 && this.#hasRoom(this.#queue[0]!)) {
      const waiting = this.#queue.shift()!
      if (this.#closing || waiting.signal?.aborted) waiting.resolve(aborted())
      else this.#start(waiting)
    }
  }

  #hasRoom(next: Waiting): boolean {
    const isAnyAlone = [...this.#running.values()].some((one) => one.isAlone)
    return next.isAlone ? this.#running.size === 0 : this.#running.size < this.#options.slots && !isAnyAlone
  }

  #start(waiting: Waiting): void {
    const { task } = waiting
    const { root, folder, runFolder, engine, heapMb } = this.#options
    const id = ++this.#ids
    this.#running.set(id, waiting)
    waiting.host.started?.()
    try {
      const url = task.kind === 'values' ? '' : `${writeProgram(task, runFolder, root)}?${id}`
      const order = {
        kind: task.kind,
        label: task.label,
        url,
        root,
        folder,
        input: task.input,
        engine,
      }
      this.#send({ type: 'run', id, order, timeoutMs: task.timeoutMs, heapMb })
    } catch (cause) {
      this.#finish(id, failed('error', (cause as Error).message))
    }
  }

  #send(message: ToProcess): void {
    this.#child ??= this.#open()
    this.#child.send(message, (error) => {
      // If the process has died, its `exit` event handles the task.
      if (error && message.type === 'run' && !this.#child)
        this.#finish(message.id, failed('crash', error.message))
    })
  }

  #open(): ChildProcess {
    const { folder, env } = this.#options
    const child = fork(weftProgram('process.js'), [], {
      cwd: folder,
      env,
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (chunk: Buffer) => {
        this.#lastWords = (this.#lastWords + chunk.toString('utf8')).slice(-2_000)
      })
    }
    child.on('message', (message: FromProcess) => this.#receive(message))
    child.on('error', (error) => this.#died(child, error.message))
    child.on('exit', (code, signal) =>
      this.#died(child, signal ? `was killed by ${signal}` : `ended with exit status ${code}`),
    )
    return child
  }

  #receive(message: FromProcess): void {
    const waiting = this.#running.get(message.id)
    if (!waiting) return
    const { host, task } = waiting
    if (message.type === 'done') this.#finish(message.id, message.outcome)
    else if (message.type === 'progress') host.progress({ ...message.step, label: task.label })
    else if (message.type === 'log') host.log(task.label, message.text)
    else if (message.type === 'engine') host.openedEngine?.(message.engine)
    else {
      const { id, call } = message
      host.job(message.request).then(
        (result) => this.#answer(id, call, { ok: true, result }),
        (error: Error) => this.#answer(id, call, { ok: false, failure: failureOf(error) }),
      )
    }
  }

  #answer(id: number, call: number, answer: Extract<ToProcess, { type: 'answer' }>['answer']): void {
    if (this.#running.has(id)) this.#send({ type: 'answer', id, call, answer })
  }

  #finish(id: number, outcome: Outcome): void {
    const waiting = this.#running.get(id)
    this.#running.delete(id)
    waiting?.resolve(outcome)
    this.#next()
  }

  #died(child: ChildProcess, how: string): void {
    if (this.#child !== child) return
    this.#child = undefined
    const victims = [...this.#running.values()]
    this.#running.clear()
    const words = this.#lastWords.trim()
    this.#lastWords = ''
    if (victims.length === 1) {
      victims[0]!.resolve(
        failed('crash', `killed its process, which ${how}${words ? `: ${words.split('\n').at(-1)}` : ''}`),
      )
    } else this.#queue.unshift(...victims.map((victim) => ({ ...victim, isAlone: true })))
    this.#next()
  }
}

/** Gives the outcome of a task that was stopped at the end of the build, or came after it. */
export function aborted(): Outcome {
  return failed('aborted', 'was stopped')
}

/** Tells a task that asked for a job why the job failed. */
export class JobFailed extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.message)
    this.failure = failure
  }
}

function failureOf(error: Error): Failure {
  return error instanceof JobFailed ? error.failure : { kind: 'error', message: error.message }
}

function failed(kind: Failure['kind'], message: string): Outcome {
  return { ok: false, failure: { kind, message }, elapsedMs: 0 }
}
