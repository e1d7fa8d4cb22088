import { fileURLToPath } from 'node:url'
import type { Implementation } from './implementations.ts'
import { pythonWithKeras } from './keras-python.ts'
import { startPython } from './python.ts'
import { Worker } from './worker.ts'
import type { Workload } from './workloads.ts'

/** The processes of one implementation. */
export class Team {
  readonly implementation: Implementation
  readonly workers: readonly Worker[]
  readonly title: string

  private constructor(implementation: Implementation, workers: readonly Worker[], title: string) {
    this.implementation = implementation
    this.workers = workers
    this.title = title
  }

  /**
   * @param all gets each process as soon as it is created, so that the caller can kill it
   * @throws if the implementation is not installed or does not start
   */
  static async start(implementation: Implementation, all: Set<Worker>): Promise<Team> {
    const { threads, processes } = implementation
    const workers: Worker[] = []
    const titles = new Set<string>()
    for (let process = 0; process < processes; process++) {
      const worker = startOne(implementation)
      all.add(worker)
      workers.push(worker)
      titles.add(await worker.title())
    }
    const count = `${processes > 1 ? `${processes} processes of ` : ''}${threads} thread${threads > 1 ? 's' : ''}`
    const waits = implementation.isPassive ? ', OMP_WAIT_POLICY=passive' : ''
    return new Team(implementation, workers, `${[...titles].join(', ')}, ${count}${waits}`)
  }

  /** Frees the last workload, makes data and network of this one, compiles it and warms up. */
  async prepare(workload: Workload): Promise<void> {
    // Prepare one after another: in parallel they would only wait for each other.
    for (const worker of this.workers) await worker.ask({ command: 'prepare', workload })
  }

  /** Trains for about this many seconds and gives samples per second, summed over all processes. */
  async rate(seconds: number): Promise<number> {
    const together = this.workers.length > 1
    const all = this.workers.map((worker) => worker.ask({ command: 'run', seconds, together }))
    const rates = (await Promise.all(all)).map((answer) => answer.count! / answer.seconds!)
    // A process that ended first has continued to train, so that none had the machine to itself.
    if (together) await Promise.all(this.workers.map((worker) => worker.ask({ command: 'stop' })))
    return rates.reduce((sum, rate) => sum + rate, 0)
  }

  kill(): void {
    for (const worker of this.workers) worker.kill()
  }
}

function startOne({ kind, threads, isPassive }: Implementation): Worker {
  if (kind === 'torch') return startPython('torch', threads, { isPassive })
  if (kind === 'keras') return startPython('tensorflow', threads, { python: pythonWithKeras() })
  const program = fileURLToPath(new URL('graph-worker.ts', import.meta.url))
  return new Worker(process.execPath, [...process.execArgv, program], {
    WEFT_ENGINE: kind,
    WEFT_THREADS: String(threads),
  })
}
