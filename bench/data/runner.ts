import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** Runs programs, one at a time. */
export class Runner {
  #child: ChildProcess | undefined

  /**
   * Runs a program and gives what it prints.
   * @throws if it does not start or fails, with the last line that it wrote to stderr
   */
  async run(
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    // Its own group: this process handles Ctrl-C, and killing the group also ends what wrappers such as pyenv's run.
    const child = spawn(command, args, {
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    const ended = new Promise<number | string | null>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code, signal) => resolve(code ?? signal))
    })
    const streams = [text(child.stdout), text(child.stderr)] as const
    const [status, printed, words] = await Promise.all([ended, ...streams]).finally(() => {
      this.#child = undefined
    })
    if (status === 0) return printed
    const reason = words.trim().split('\n').at(-1) || `exit ${status}`
    throw new Error(`Cannot run \`${[command, ...args].join(' ')}\`: ${reason}`)
  }

  /** Kills the running program at once. */
  kill(): void {
    if (this.#child?.pid === undefined) return
    try {
      process.kill(-this.#child.pid, 'SIGKILL')
    } catch {
      this.#child.kill('SIGKILL')
    }
  }
}
