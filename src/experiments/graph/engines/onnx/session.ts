import { availableParallelism, cpus } from 'node:os'
import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node'
import type { Batches, Engine, EngineSession } from '../../engine.ts'
import type { Data, Node, Value } from '../../node.ts'
import type { Step } from '../../optimizers/optimizer.ts'
import { withBatch } from '../../shape.ts'
import { writeModel } from './model.ts'
import type { Program } from './programs.ts'
import { fetchProgram, partOf, splitProgram, stepsProgram } from './programs.ts'

interface Compiled extends Program {
  readonly session: InferenceSession
  readonly isSplit: boolean
}

interface ThreadOptions {
  readonly threads: number
  readonly isAlone: boolean
}

interface Kept {
  readonly nodes: readonly unknown[]
  readonly compiled: Promise<Compiled>
  users: number
}

// From this batch size on, the activations no longer fit in the cache.
const splitFrom = 4096
// A program holds no data, but each batch size needs its own program.
const mostPrograms = 24

/** Keeps variables as tensors of this process, and the programs compiled so far. */
class OnnxSession implements EngineSession {
  readonly #runtime: Runtime
  readonly #options: ThreadOptions
  readonly #variables = new Map<Node, Tensor>()
  #programs: Kept[] = []

  constructor(runtime: Runtime, options: ThreadOptions) {
    this.#runtime = runtime
    this.#options = options
  }

  async run(fetches: readonly Node[], feeds: ReadonlyMap<Node, Value>, batch: number): Promise<Value[]> {
    const write = () => ({ ...fetchProgram(fetches, batch), isSplit: false })
    return this.#with([batch, ...fetches], write, async ({ session, fixed, rows }) => {
      const fed: Record<string, Tensor> = {}
      for (const [node, name] of [...fixed, ...rows]) fed[name] = this.#fed(node, feeds)
      const outputs = await session.run(fed)
      return fetches.map((node, index) => ({
        dtype: node.dtype,
        shape: withBatch(node.shape, batch),
        data: outputs[session.outputNames[index]!]!.data as Data,
      }))
    })
  }

  async train(step: Step, metrics: readonly Node[], batches: Batches): Promise<Float32Array> {
    const { batchSize, steps, order } = batches
    const hasOrder = order !== undefined
    const options = { step, metrics, batchSize, hasOrder }
    const write = () => {
      const split = batchSize >= splitFrom ? splitProgram(options) : undefined
      return split ? { ...split, isSplit: true } : { ...stepsProgram(options), isSplit: false }
    }
    const nodes = [batchSize, hasOrder, step.loss, ...step.updates.flat(), ...metrics]
    return this.#with(nodes, write, async (compiled) => {
      if (!compiled.isSplit) return this.#runSteps(step, compiled, batches, [steps, batchSize])
      const each: number[] = []
      for (let at = 0; at < steps; at++) {
        const one = oneStep(batches, at)
        const part = partOf(batchSize)!
        each.push(...(await this.#runSteps(step, compiled, one, [batchSize / part, part])))
      }
      return Float32Array.from(each)
    })
  }

  async #runSteps(
    { updates }: Step,
    { session, fixed, rows, masks }: Compiled,
    { data, batchSize, steps, order, first, masks: drawn }: Batches,
    leading: readonly number[],
  ): Promise<Float32Array> {
    const fed: Record<string, Tensor> = {}
    for (const [node, name] of fixed) fed[name] = this.#fed(node, data)
    for (const [node, name] of rows) {
      const { dtype, shape, data: elements } = data.get(node)!
      const rest = shape.slice(1)
      if (order) {
        fed[name] = this.#tensor(dtype, elements, shape)
        continue
      }
      const width = rest.reduce((product, each) => product * each, 1)
      const slice = elements.subarray(first * width, (first + steps * batchSize) * width)
      fed[name] = this.#tensor(dtype, slice, [...leading, ...rest])
    }
    for (const [mask, name] of masks)
      fed[name] = this.#tensor('uint8', drawn.get(mask)!, [...leading, ...(mask.shape.slice(1) as number[])])
    if (order) fed.order = this.#tensor('int32', order, leading)
    const outputs = await session.run(fed)
    for (const [index, [variable]] of updates.entries())
      this.#variables.set(variable, outputs[session.outputNames[index]!]!)
    return outputs[session.outputNames.at(-1)!]!.data as Float32Array
  }

  async read(variable: Node): Promise<Data> {
    return this.#variable(variable).data as Data
  }

  write(variable: Node, data: Data): void {
    this.#variables.set(variable, this.#tensor(variable.dtype, data, variable.shape as number[]))
  }

  async close(): Promise<void> {
    this.#variables.clear()
    await Promise.all(this.#programs.splice(0).map(release))
  }

  #fed(node: Node, feeds: ReadonlyMap<Node, Value>): Tensor {
    const fed = feeds.get(node)
    return fed ? this.#tensor(fed.dtype, fed.data, fed.shape) : this.#variable(node)
  }

  #variable(variable: Node): Tensor {
    if (!this.#variables.has(variable)) this.write(variable, variable.value!.data.slice())
    return this.#variables.get(variable)!
  }

  #tensor(dtype: Value['dtype'], data: Data, shape: readonly number[]): Tensor {
    return new this.#runtime.Tensor(dtype as 'float32', data as Float32Array, shape)
  }

  /** Uses a program, compiling it unless it is kept. Releases no program that is in use. */
  async #with<Result>(
    nodes: readonly unknown[],
    write: () => Program & { readonly isSplit: boolean },
    use: (compiled: Compiled) => Promise<Result>,
  ): Promise<Result> {
    const known = this.#programs.find(
      (each) =>
        each.nodes.length === nodes.length && each.nodes.every((node, index) => node === nodes[index]),
    )
    const kept = known ?? { nodes, compiled: this.#compile(write()), users: 0 }
    // The most recently used program is kept longest.
    this.#programs = [...this.#programs.filter((each) => each !== kept), kept]
    kept.users += 1
    try {
      return await use(await kept.compiled)
    } finally {
      kept.users -= 1
      const idle = this.#programs.filter(({ users }) => users === 0)
      const oldest = idle.slice(0, Math.max(0, this.#programs.length - mostPrograms))
      this.#programs = this.#programs.filter((each) => !oldest.includes(each))
      await Promise.all(oldest.map(release))
    }
  }

  async #compile(program: Program & { readonly isSplit: boolean }): Promise<Compiled> {
    const session = await this.#runtime.InferenceSession.create(writeModel(program.graph), {
      executionProviders: ['cpu'],
      intraOpNumThreads: this.#options.threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      // Log errors only: its warnings concern its own optimizations.
      logSeverityLevel: 3,
      ...affinity(this.#options),
    })
    return { ...program, session }
  }
}

// A program that did not compile has nothing to free.
async function release({ compiled }: Kept): Promise<void> {
  const { session } = (await compiled.catch(() => undefined)) ?? {}
  await session?.release()
}

// Threads that wait for each other spin, and Linux may put two of them on one processor, which is up to twice as slow.
// If a job has the whole machine, each thread but the calling one is pinned to its own processor, counted from 1.
function affinity({ threads, isAlone }: ThreadOptions): object {
  const count = cpus().length
  if (
    !isAlone ||
    process.platform !== 'linux' ||
    threads < 2 ||
    threads !== count ||
    availableParallelism() !== count
  )
    return {}
  const others = Array.from({ length: threads - 1 }, (_, index) => index + 2)
  return { extra: { session: { intra_op_thread_affinities: others.join(';') } } }
}

/** Gives one step of several. */
function oneStep(batches: Batches, at: number): Batches {
  const { batchSize, order, first, masks, steps } = batches
  const part = (all: Uint8Array) => all.subarray((at * all.length) / steps, ((at + 1) * all.length) / steps)
  return {
    ...batches,
    steps: 1,
    first: first + at * batchSize,
    order: order?.subarray(at * batchSize, (at + 1) * batchSize),
    masks: new Map([...masks].map(([mask, all]) => [mask, part(all)])),
  }
}

/** The parts of onnxruntime-node that this engine uses. */
interface Runtime {
  readonly Tensor: TensorConstructor
  readonly InferenceSession: InferenceSessionFactory
  readonly env: { readonly versions: { readonly node?: string; readonly common: string } }
}

interface InferenceSessionFactory {
  create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>
}

/**
 * Opens the engine of onnxruntime-node, which turns graphs into ONNX programs that run many steps at a time.
 * Results do not depend on the number of threads.
 * @throws if the package is not installed or does not load
 */
export async function openOnnx({
  threads = 1,
  isAlone = true,
  load = () => import('onnxruntime-node'),
}: {
  readonly threads?: number
  /** Whether no other job computes at the same time; only then may threads be pinned to processors. */
  readonly isAlone?: boolean
  readonly load?: () => Promise<unknown>
} = {}): Promise<Engine> {
  const loaded = (await load()) as Runtime & { readonly default?: Runtime }
  const runtime = loaded.default ?? loaded
  return {
    name: 'onnx',
    version: runtime.env.versions.node ?? runtime.env.versions.common,
    threads,
    open: () => new OnnxSession(runtime, { threads, isAlone }),
  }
}
