import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Batches } from '../../engine.ts'
import { chainFeeds } from './chain-feeds.ts'
import type { Elements } from './helpers.ts'
import { Helper } from './helpers.ts'
import type { SplitProgram } from './split-programs.ts'
import { sumName } from './split-programs.ts'

interface Task {
  /** What was compiled of the program. */
  readonly session: InferenceSession
  /** Number of shares. */
  readonly count: number
  readonly options: InferenceSession.SessionOptions
  /** The inputs that all chains have in common. */
  readonly fed: Readonly<Record<string, Tensor>>
  tensors(all: Readonly<Record<string, Elements>>): Record<string, Tensor>
}

/** Gives how many threads share the chains of a large batch, a power of two; the rest of the threads works within. */
export function sharesOf(threads: number, chains: number): number {
  let shares = 1
  while (shares * 2 <= Math.min(threads, chains)) shares *= 2
  return shares
}

/** Adds up the chains of large batches in several threads: this one has the first share, helpers have the others. */
export class Shares {
  readonly #helpers: Helper[] = []

  /** Gives the sums of each share, named as inputs of the program that needs them. */
  async addUp(
    program: SplitProgram,
    { session, count, options, fed, tensors }: Task,
    one: Batches,
  ): Promise<Record<string, Elements>> {
    while (this.#helpers.length < count - 1) this.#helpers.push(new Helper())
    const each = program.split.chains.length / count
    const feedsOf = (share: number) =>
      chainFeeds(program, one, { from: share * each, to: (share + 1) * each })
    // 1. The helpers start first, since onnxruntime blocks this thread.
    const others = this.#helpers.slice(0, count - 1).map((helper, index) => {
      const { rows, drawn } = feedsOf(index + 1)
      const plain = { ...elementsOf(fed), ...drawn }
      return helper.addUp({
        program,
        options,
        data: one.data,
        rowsKey: one.first,
        rows,
        fed: plain,
      })
    })
    const { rows, drawn } = feedsOf(0)
    const own = sumsOf(session, { ...fed, ...tensors(rows), ...tensors(drawn) })
    // 2. All end before a failure is reported, so that none is still at work afterwards.
    const ended = await Promise.allSettled([own, ...others])
    const failed = ended.find(({ status }) => status === 'rejected')
    if (failed) throw (failed as PromiseRejectedResult).reason
    const shapes = program.graph.outputs.map(({ shape }) => shape as number[])
    const named = ended.flatMap((result, share) =>
      (result as PromiseFulfilledResult<Float32Array[]>).value.map(
        (data, index) =>
          [sumName(share, index), { type: 'float32', data, shape: shapes[index]! } as const] as const,
      ),
    )
    return Object.fromEntries(named)
  }

  async close(): Promise<void> {
    await Promise.all(this.#helpers.splice(0).map((helper) => helper.close()))
  }
}

async function sumsOf(session: InferenceSession, fed: Record<string, Tensor>): Promise<Float32Array[]> {
  const outputs = await session.run(fed)
  return session.outputNames.map((name) => outputs[name]!.data as Float32Array)
}

function elementsOf(fed: Readonly<Record<string, Tensor>>): Record<string, Elements> {
  const entries = Object.entries(fed)
  return Object.fromEntries(
    entries.map(([name, { type, data, dims }]) => [name, { type, data, shape: dims } as Elements]),
  )
}
