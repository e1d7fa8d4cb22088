import { startPython } from './python.ts'
import type { Team } from './team.ts'
import type { Worker } from './worker.ts'
import { awake } from './worker.ts'
import type { Workers } from './workers.ts'

/** Numbers of threads for which we measure the machine's limit. */
export const multiplierThreads = [1, 2]

type Named = Pick<Multiplier, 'name' | 'threads' | 'title'>

/** A process that multiplies float32 matrices of 2048 x 2048: the arithmetic of training, at its fastest. */
export class Multiplier {
  readonly name: string
  readonly threads: number
  readonly title: string
  readonly #worker: Worker

  private constructor(worker: Worker, { name, threads, title }: Named) {
    this.#worker = worker
    this.name = name
    this.threads = threads
    this.title = title
  }

  /** Says whether `of` can use the team. */
  static isFor({ implementation: { kind, processes } }: Team): boolean {
    return processes === 1 && (kind === 'onnx' || kind === 'torch')
  }

  /** Uses the process of a team. */
  static of({ workers, implementation, title }: Team): Multiplier {
    return new Multiplier(workers[0]!, { ...implementation, title })
  }

  /** @throws if no Python has numpy */
  static async startNumpy(threads: number, all: Workers): Promise<Multiplier> {
    const worker = startPython('numpy', threads)
    all.add(worker)
    const title = `${await worker.title()}, for the limit of sgemm`
    worker.pause()
    return new Multiplier(worker, { name: `numpy-${threads}`, threads, title })
  }

  /** Gives floating-point operations per second; 0 if its process has ended. */
  async rate(seconds: number): Promise<number> {
    try {
      const answer = await awake([this.#worker], () => this.#worker.ask({ command: 'sgemm', seconds }))
      return answer.count! / answer.seconds!
    } catch {
      return 0
    }
  }
}
