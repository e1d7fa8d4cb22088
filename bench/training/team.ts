import { fileURLToPath } from 'node:url'
import type { Implementation } from './implementations.ts'
import type { PeerPythons } from './peer-python.ts'
import { peers } from './peer-python.ts'
import { startPython } from './python.ts'
import type { Answer } from './worker.ts'
import { awake, Worker } from './worker.ts'
import type { Workers } from './workers.ts'
import type { Workload } from './workloads.ts'

const warmUpSeconds = 0.3

/** The processes of one implementation. They are stopped while they have nothing to do. */
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
   * @param from `all` gets each process as soon as it is created, so that the caller can kill it
   * @throws if the implementation is not installed or does not start
   */
  static async start(
    implementation: Implementation,
    { all, pythons }: { readonly all: Workers; readonly pythons: PeerPythons },
  ): Promise<Team> {
    const { threads, processes } = implementation
    const workers: Worker[] = []
    let notes = ''
    const titles = new Set<string>()
    for (let process = 0; process < processes; process++) {
      const { worker, note } = startOne(implementation, pythons)
      all.add(worker)
      workers.push(worker)
      if (note !== undefined) notes = ` (${note})`
      titles.add(await worker.title())
      worker.pause()
    }
    const count = `${processes > 1 ? `${processes} processes of ` : ''}${threads} thread${threads > 1 ? 's' : ''}`
    const waits = implementation.isPassive ? ', OMP_WAIT_POLICY=passive' : ''
    const title = `${[...titles].join(', ')}, ${count}${waits}${notes}`
    return new Team(implementation, workers, title)
  }

  /** Frees the last workload, makes data and network of this one and compiles it. */
  async prepare(workload: Workload): Promise<void> {
    // Prepare one after another: in parallel they would only wait for each other.
    for (const worker of this.workers)
      await awake([worker], () => worker.ask({ command: 'prepare', workload }))
  }

  /** Trains for about this many seconds and gives samples per second, summed over all processes. */
  rate(seconds: number): Promise<number> {
    return awake(this.workers, async () => {
      // After a pause, threads sleep and the caches hold another's data.
      await this.#run(warmUpSeconds)
      const rates = (await this.#run(seconds)).map((answer) => answer.count! / answer.seconds!)
      return rates.reduce((sum, rate) => sum + rate, 0)
    })
  }

  async #run(seconds: number): Promise<Answer[]> {
    const together = this.workers.length > 1
    const answers = await Promise.all(
      this.workers.map((worker) => worker.ask({ command: 'run', seconds, together })),
    )
    // A process that ended first has continued to train, so that none had the machine to itself.
    if (together) await Promise.all(this.workers.map((worker) => worker.ask({ command: 'stop' })))
    return answers
  }

  kill(): void {
    for (const worker of this.workers) worker.kill()
  }
}

function startOne(
  { kind, threads, isPassive }: Implementation,
  pythons: PeerPythons,
): { worker: Worker; note?: string | undefined } {
  if (kind === 'torch' || kind === 'keras') {
    const { python, note } = pythons.of(kind)
    return { worker: startPython(peers[kind].module, threads, { isPassive, python }), note }
  }
  const program = fileURLToPath(new URL('graph-worker.ts', import.meta.url))
  const env = { WEFT_ENGINE: kind, WEFT_THREADS: String(threads) }
  return { worker: new Worker(process.execPath, [...process.execArgv, program], env) }
}
