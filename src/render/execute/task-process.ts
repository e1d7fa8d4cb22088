import { type ChildProcess, fork } from 'node:child_process'
import { setPriority } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { digestOfPackages } from '../bundle/packages.ts'
import { weftProgram } from '../model/home.ts'
import type { Failure, Host, Outcome, Task } from '../model/types.ts'
import type { FromProcess, ToProcess } from '../worker/protocol.ts'
import type { Programs } from './write-program.ts'

/** Time that a job has to end by itself, and a thread that is stopped, before its process is killed. */
const graceMs = { job: 200, cell: 1_000, values: 1_000 }

export interface TaskProcessOptions {
  /** Absolute folder of the project. */
  readonly root: string
  /** Working folder of the tasks: the report's. */
  readonly folder: string
  /** Heap of a task, in MiB. */
  readonly heapMb?: number
  /** Module that opens an engine, for jobs whose code names `engine`. */
  readonly engine: string
  readonly env: NodeJS.ProcessEnv
  /** How far its process gives way to others, as `nice` counts. */
  readonly niceness?: number
  /** Keeps one thread ready for the next task. */
  readonly hasSpare?: boolean
}

/** A task with all that belongs to it. */
export interface Assigned {
  readonly task: Task
  readonly host: Host
  /** No other task may run beside it. */
  readonly isAlone: boolean
  /** A process has ended before it began. */
  readonly wasLost?: boolean
  resolve(outcome: Outcome): void
}

/** A task whose process has ended. */
export interface Victim extends Assigned {
  readonly isBegun: boolean
}

interface Running extends Assigned {
  isBegun: boolean
  /** Answers that it waits for. */
  waiting: number
}

interface Events {
  /** The process has ended with these tasks unfinished; those that had not begun did not kill it. */
  died(owner: TaskProcess, victims: readonly Victim[], how: string): void
  /** A task has left its slot, at least for a while. */
  changed(owner: TaskProcess): void
}

/** One child process, and the tasks that run in it. */
export class TaskProcess {
  readonly #options: TaskProcessOptions
  readonly #programs: Programs
  readonly #events: Events
  readonly #child: ChildProcess
  readonly #running = new Map<number, Running>()
  /** Tasks that were told to end, and whose threads may still run. */
  readonly #stopping = new Map<number, NodeJS.Timeout>()
  #lastWords = ''
  #ids = 0
  #isRetired = false
  #isGone = false

  constructor(options: TaskProcessOptions, programs: Programs, events: Events) {
    this.#options = options
    this.#programs = programs
    this.#events = events
    this.#child = this.#open()
    if (options.hasSpare) this.#send({ type: 'spare', heapMb: options.heapMb })
  }

  /** How many tasks it has got so far. */
  get count(): number {
    return this.#ids
  }

  /** Those that compute, and those that wait for a job; values are neither. */
  get load(): { readonly computing: number; readonly waiting: number; readonly isAlone: boolean } {
    const tasks = [...this.#running.values()].filter(({ task }) => task.kind !== 'values')
    const waiting = tasks.filter((one) => one.waiting > 0).length
    return {
      computing: tasks.length - waiting + this.#stopping.size,
      waiting,
      isAlone: tasks.some(({ isAlone }) => isAlone),
    }
  }

  get isIdle(): boolean {
    return this.#running.size + this.#stopping.size === 0
  }

  start(assigned: Assigned): void {
    const { task, host } = assigned
    const { root, folder, engine, heapMb } = this.#options
    const id = ++this.#ids
    this.#running.set(id, { ...assigned, isBegun: false, waiting: 0 })
    host.started?.()
    try {
      const url = task.kind === 'values' ? '' : `${this.#programs.write(task)}?${id}`
      const { kind, label, input, timeoutMs } = task
      const packages = digestOfPackages(task.packages)
      const order = {
        kind,
        label,
        url,
        packages,
        root,
        folder,
        input,
        ...(asksForEngine(task) && { engine }),
      }
      this.#send({ type: 'run', id, order, timeoutMs, heapMb })
    } catch (cause) {
      this.#finish(id, failed('error', (cause as Error).message))
    }
  }

  /** Ends one task; its outcome is `aborted` at once. Says whether the task runs here. */
  stop(assigned: Pick<Assigned, 'resolve'>): boolean {
    const found = [...this.#running].find(([, { resolve }]) => resolve === assigned.resolve)
    if (!found) return false
    const [id, { task }] = found
    this.#running.delete(id)
    this.#send({ type: task.kind === 'job' ? 'abort' : 'stop', id })
    this.#stopping.set(
      id,
      setTimeout(() => this.#tooLate(), graceMs[task.kind]),
    )
    assigned.resolve(aborted())
    return true
  }

  /** Takes no more tasks, and ends with its last one. */
  retire(): void {
    this.#isRetired = true
    if (this.isIdle) this.#child.kill('SIGKILL')
  }

  /** Ends all tasks and the process. A job may clean up, but only for a moment. */
  async close(): Promise<void> {
    const busy = [...this.#running.keys(), ...this.#stopping.keys()]
    const all = [...this.#running.values()]
    this.#running.clear()
    for (const { resolve } of all) resolve(aborted())
    for (const timer of this.#stopping.values()) clearTimeout(timer)
    this.#stopping.clear()
    if (this.#isGone) return
    const gone = new Promise((resolve) => this.#child.once('exit', resolve))
    if (busy.length > 0) {
      for (const id of busy) this.#send({ type: 'abort', id })
      await Promise.race([gone, pause(graceMs.job)])
    }
    this.#child.kill('SIGKILL')
    await gone
  }

  // A task that blocks in native code cannot be stopped without its process.
  #tooLate(): void {
    this.#isRetired = true
    this.#stopping.clear()
    if (this.#running.size === 0) this.#child.kill('SIGKILL')
    this.#events.changed(this)
  }

  /** Whether it takes more tasks. */
  get isOpen(): boolean {
    return !this.#isRetired && !this.#isGone
  }

  #send(message: ToProcess): void {
    // If the process has died, its `exit` event handles the task.
    if (this.#child.connected) this.#child.send(message, () => {})
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
    giveWay(child, this.#options.niceness)
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (chunk: Buffer) => {
        this.#lastWords = (this.#lastWords + chunk.toString('utf8')).slice(-2_000)
      })
    }
    child.on('message', (message: FromProcess) => this.#receive(message))
    child.on('error', (error) => this.#died(error.message))
    child.on('exit', (code, signal) =>
      this.#died(signal ? `was killed by ${signal}` : `ended with exit status ${code}`),
    )
    return child
  }

  #receive(message: FromProcess): void {
    const { id } = message
    const running = this.#running.get(id)
    if (message.type === 'done' && this.#stopping.has(id)) {
      clearTimeout(this.#stopping.get(id))
      this.#stopping.delete(id)
      this.#left()
    }
    if (!running) return
    const { host, task } = running
    if (message.type === 'begun') running.isBegun = true
    else if (message.type === 'done') this.#finish(id, message.outcome)
    else if (message.type === 'progress') host.progress({ ...message.step, label: task.label })
    else if (message.type === 'log') host.log(task.label, message.text)
    else if (message.type === 'engine') host.openedEngine?.(message.engine)
    else this.#ask(id, running, message)
  }

  #ask(id: number, running: Running, { call, request }: Extract<FromProcess, { type: 'job' }>): void {
    const answer = (given: Extract<ToProcess, { type: 'answer' }>['answer']) => {
      running.waiting--
      if (this.#running.has(id)) this.#send({ type: 'answer', id, call, answer: given })
    }
    running.waiting++
    running.host.job(request).then(
      (result) => answer({ ok: true, result }),
      (error: Error) => answer({ ok: false, failure: failureOf(error) }),
    )
    this.#events.changed(this)
  }

  #finish(id: number, outcome: Outcome): void {
    const running = this.#running.get(id)
    this.#running.delete(id)
    running?.resolve(outcome)
    this.#left()
  }

  #left(): void {
    if (this.#isRetired && this.isIdle) this.#child.kill('SIGKILL')
    this.#events.changed(this)
  }

  #died(how: string): void {
    if (this.#isGone) return
    this.#isGone = true
    for (const timer of this.#stopping.values()) clearTimeout(timer)
    this.#stopping.clear()
    const victims = [...this.#running.values()]
    this.#running.clear()
    const words = this.#lastWords.trim().split('\n').at(-1)
    this.#events.died(this, victims, words ? `${how}: ${words}` : how)
  }
}

/** Gives the outcome of a task that was stopped, or came after the end. */
export function aborted(): Outcome {
  return failed('aborted', 'was stopped')
}

/** Gives the outcome of a task that failed before or outside its own code. */
export function failed(kind: Failure['kind'], message: string): Outcome {
  return { ok: false, failure: { kind, message }, elapsedMs: 0 }
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

// Opening one takes half a second, and needs packages that a report without training does not have.
function asksForEngine({ kind, code }: Task): boolean {
  return kind === 'job' && /\bengine\b/.test(code)
}

function giveWay({ pid }: ChildProcess, niceness: number | undefined): void {
  if (niceness === undefined || pid === undefined) return
  try {
    setPriority(pid, niceness)
  } catch {
    // It has ended already, which its exit tells.
  }
}
