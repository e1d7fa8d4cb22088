import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A line of JSON to a worker. */
export type Command =
  | { readonly command: 'prepare'; readonly workload: object }
  /** With `together` it trains on after its answer, until it is told to stop. */
  | { readonly command: 'run'; readonly seconds: number; readonly together: boolean }
  | { readonly command: 'stop' }
  | { readonly command: 'sgemm'; readonly seconds: number }

/** A line of JSON from a worker; the first one, unasked, has its title. */
export interface Answer {
  readonly title?: string
  /** Of samples trained on, or of floating-point operations. */
  readonly count?: number
  readonly seconds?: number
  readonly error?: string
}

interface Waiting {
  resolve(answer: Answer): void
  reject(reason: Error): void
}

/** A process that stays warm and answers one command at a time. */
export class Worker {
  readonly #child: ChildProcessWithoutNullStreams
  #waiting: Waiting | undefined
  #failure: Error | undefined
  #lastWords = ''

  constructor(command: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    // In a group of its own: Ctrl-C is this process' to handle, and wrappers such as pyenv's die with what they run.
    this.#child = spawn(command, args, { env: { ...process.env, ...env }, detached: true })
    this.#child.stderr.on('data', (chunk) => {
      this.#lastWords = (this.#lastWords + chunk).slice(-4000)
    })
    // What cannot be written is told by the exit.
    this.#child.stdin.on('error', () => {})
    this.#child.on('error', (error) => this.#fail(error))
    this.#child.on('close', (code, signal) => {
      const reason = this.#lastWords.trim().split('\n').at(-1) || `exit ${code ?? signal}`
      this.#fail(new Error(`Unexpected end of a worker: ${reason}`))
    })
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      // Libraries may talk too.
      if (line.startsWith('{')) this.#runCells(JSON.parse(line))
    })
  }

  /** Gives the title of a worker that has just been made. */
  async title(): Promise<string> {
    return (await this.#answer()).title!
  }

  /** @throws where the worker failed at it, or has ended */
  ask(command: Command): Promise<Answer> {
    const answer = this.#answer()
    this.#child.stdin.write(`${JSON.stringify(command)}\n`)
    return answer
  }

  /** Ends it at once; twice does no harm. */
  kill(): void {
    if (this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null)
      return
    try {
      process.kill(-this.#child.pid, 'SIGKILL')
    } catch {
      this.#child.kill('SIGKILL')
    }
  }

  #answer(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#failure) reject(this.#failure)
      else this.#waiting = { resolve, reject }
    })
  }

  #runCells(answer: Answer): void {
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
