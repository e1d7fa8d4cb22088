import { spawn } from 'node:child_process'
import type { Worker } from './worker.ts'

const guard = `
  const pids = require('node:fs').readFileSync(0, 'utf8').split(' ').filter(Boolean)
  for (const pid of pids) try { process.kill(-pid, 'SIGKILL') } catch {}`

/** All workers of a benchmark. They end with this process, however it ends: a stopped one sees no end of its stdin. */
export class Workers {
  readonly #all: Worker[] = []
  readonly #guard = spawn(process.execPath, ['-e', guard], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })

  add(worker: Worker): void {
    this.#all.push(worker)
    if (worker.pid !== undefined) this.#guard.stdin.write(`${worker.pid} `)
  }

  /** Kills all of them at once. */
  kill(): void {
    for (const worker of this.#all) worker.kill()
    this.#guard.kill('SIGKILL')
  }
}
