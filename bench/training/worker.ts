import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A command to a worker, sent as a line of JSON. */
export type Command =
  | { readonly command: 'prepare'; readonly workload: object }
  /** With `together` the worker continues to train after its answer, until `stop`. */
  | { readonly command: 'run'; readonly seconds: number; readonly together: boolean }
  | { readonly command: 'stop' }
  | { readonly command: 'sgemm'; readonly seconds: number }

/** A line of JSON from a worker. The first line comes without a command and has its title. */
export interface Answer {
  readonly title?: string
  /** Number of samples trained on, or of floating-point operations. */
  readonly count?: number
  readonly seconds?: number
  readonly error?: string
}

interface Waiting {
  resolve(answer: Answer): void
  reject(reason: Error): void
}

/** Whether a process that waits can be stopped. */
export const canPause = process.platform !== 'win32'

/** A process that stays warm and answers one command at a time. */
export class Worker {
  readonly #child: ChildProcessWithoutNullStreams
  #waiting: Waiting | undefined
  #failure: Error | undefined
  #lastWords = ''

  constructor(command: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    // Its own group: this process handles Ctrl-C, and killing the group also ends what wrappers such as pyenv's run.
    this.#child = spawn(command, args, { env: { ...process.env, ...env }, detached: true })
    this.#child.stderr.on('data', (chunk) => {
      this.#lastWords = (this.#lastWords + chunk).slice(-4000)
    })
    // Ignore errors of writing: the exit of the process reports them.
    this.#child.stdin.on('error', () => {})
    this.#child.on('error', (error) => this.#fail(error))
    this.#child.on('close', (code, signal) => {
      const reason = this.#lastWords.trim().split('\n').at(-1) || `exit ${code ?? signal}`
      this.#fail(new Error(`Unexpected end of a worker: ${reason}`))
    })
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      // Libraries may print too.
      if (line.startsWith('{')) this.#receive(JSON.parse(line))
    })
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Gives the title of a new worker. */
  async title(): Promise<string> {
    return (await this.#answer()).title!
  }

  /** @throws if the command failed or the worker has ended */
  ask(command: Command): Promise<Answer> {
    const answer = this.#answer()
    this.#child.stdin.write(`${JSON.stringify(command)}\n`)
    return answer
  }

  /** Takes the process and those that it started off the processors: even idle threads of libraries spin. */
  pause(): void {
    if (canPause) this.#signal('SIGSTOP')
  }

  /** Lets a paused process go on; it answers commands only then. */
  resume(): void {
    if (canPause) this.#signal('SIGCONT')
  }

  /** Kills the process at once, also a paused one; a second time has no effect. */
  kill(): void {
    this.#signal('SIGKILL')
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid, exitCode, signalCode } = this.#child
    if (pid === undefined || exitCode !== null || signalCode !== null) return
    try {
      process.kill(-pid, signal)
    } catch {
      this.#child.kill(signal)
    }
  }

  #answer(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#failure) reject(this.#failure)
      else this.#waiting = { resolve, reject }
    })
  }

  #receive(answer: Answer): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if (answer.error === undefined) waiting?.resolve(answer)
    else waiting?.reject(new Error(answer.error))
  }

  #fail(failure: Error): void {
    this.#failure ??= failure
    this.#waiting?.reject(this.#failure)
    this.#waiting = undefined
  }
}

/** Lets paused processes go on while something is done. */
export async function awake<T>(workers: readonly Worker[], act: () => Promise<T>): Promise<T> {
  for (const worker of workers) worker.resume()
  try {
    return await act()
  } finally {
    for (const worker of workers) worker.pause()
  }
}
