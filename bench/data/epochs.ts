import { existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Pin } from '../../src/experiments/data/letters.ts'
import { worker } from './bundle.ts'
import { mainFile, pathOf, runWeft } from './data-files.ts'
import type { Runner } from './runner.ts'

/** A network of Part B. */
export interface Network {
  readonly name: string
  readonly hidden: readonly number[]
  readonly dropout: number
}

/** The input of `epoch-worker`. */
export interface Order {
  readonly pin: Pin
  /** Absent if it only loads. */
  readonly network?: Network
}

/** The output of `epoch-worker`. */
export interface Answer {
  /** Training rows after cleaning and splitting. */
  readonly rows: number
  readonly loadSeconds: number
  readonly peakBytes: number
  /** Time of the steps and of compiling them. */
  readonly epochSeconds?: number
  /** Time of `fit`, which also draws orders and masks and scores the validation rows. */
  readonly fitSeconds?: number
  /** Accuracy on the validation rows. */
  readonly accuracy?: number
}

/** One epoch of a network. */
export interface EpochRun extends Required<Answer> {
  readonly network: Network
  readonly threads: number
}

export const networks: readonly Network[] = [
  network([]),
  network([200]),
  network([400, 200]),
  network([600, 400, 200]),
  network([400, 300, 200, 100]),
  network([400, 300, 200, 100], 0.3),
  network([300, 300, 300, 300]),
  network([400, 300, 200, 100, 50]),
  network([250, 250, 250, 250, 250]),
]

const threadCounts = [1, 2]

interface Options {
  readonly folder: string
  readonly rows: number
  readonly runner: Runner
}

/** Gives functions that load the letters or train networks on them, each run in a fresh process. */
export async function openEpochs(options: Options) {
  const path = pathOf(mainFile, options)
  const pin = await pinOf(path, options.runner)
  // This cache remembers a verified digest. Remove it, so that the first run verifies.
  const cache = join(dirname(path), 'cache')
  rmSync(cache, { recursive: true, force: true })
  const env = {
    WEFT_DATA: dirname(path),
    XDG_CACHE_HOME: cache,
    WEFT_ENGINE: 'onnx',
  }
  const ask = async (order: Order, threads: number): Promise<Answer> => {
    const args = [worker('epoch-worker'), JSON.stringify(order)]
    return JSON.parse(
      await options.runner.run(process.execPath, args, { ...env, WEFT_THREADS: `${threads}` }),
    )
  }
  return {
    load: () => ask({ pin }, 1),
    async *train(networks: readonly Network[]): AsyncGenerator<EpochRun> {
      for (const network of networks)
        for (const threads of threadCounts) {
          const answer = (await ask({ pin, network }, threads)) as Required<Answer>
          yield { ...answer, network, threads }
        }
    },
  }
}

/** Makes the pin of a file once, as a report does. */
async function pinOf(path: string, runner: Runner): Promise<Pin> {
  const pinned = join(dirname(path), 'pin.json')
  if (!existsSync(pinned)) await runWeft(runner, 'pin', path, '--to', pinned)
  return JSON.parse(readFileSync(pinned, 'utf8'))
}

function network(hidden: readonly number[], dropout = 0): Network {
  const name = [784, ...hidden, 10].join('-')
  return { name: dropout ? `${name} dropout ${dropout}` : name, hidden, dropout }
}
