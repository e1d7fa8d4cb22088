import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** Runs programs, one at a time. */
export class Runner {
  #child: ChildProcess | undefined

  /**
   * Gives what a program prints.
   * @throws where it does not start or fails, with the last line that it wrote to stderr
   */
  async run(
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    // In a group of its own: Ctrl-C is this process' to handle, and wrappers such as pyenv's die with what they run.
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

  /** Ends the one that runs at once. */
  kill(): void {
    if (this.#child?.pid === undefined) return
    try {
      process.kill(-this.#child.pid, 'SIGKILL')
    } catch {
      this.#child.kill('SIGKILL')
    }
  }
}
