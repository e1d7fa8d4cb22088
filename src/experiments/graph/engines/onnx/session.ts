import { availableParallelism, cpus } from 'node:os'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Batches, Engine, EngineSession } from '../../engine.ts'
import type { Data, Node, Value } from '../../node.ts'
import type { Step } from '../../optimizers/optimizer.ts'
import { withBatch } from '../../shape.ts'
import { oneStep } from '../batches.ts'
import { CompiledPrograms, ProgramCache } from '../program-cache.ts'
import { writeModel } from './model.ts'
import type { Program } from './programs.ts'
import { fetchProgram, partOf, splitProgram, stepsProgram } from './programs.ts'
import type { LoadRuntime, Runtime } from './runtime.ts'
import { loadRuntime, versionOf } from './runtime.ts'

interface SplitProgram extends Program {
  readonly isSplit: boolean
}

interface ThreadOptions {
  readonly threads: number
  readonly isAlone: boolean
}

// From this batch size on, the activations no longer fit in the cache.
const splitFrom = 4096

/** Keeps variables as tensors of this process. */
class OnnxSession implements EngineSession {
  readonly #runtime: Runtime
  readonly #variables = new Map<Node, Tensor>()
  readonly #programs: ProgramCache<SplitProgram, InferenceSession>

  constructor(runtime: Runtime, compiled: CompiledPrograms<SplitProgram, InferenceSession>) {
    this.#runtime = runtime
    this.#programs = new ProgramCache(compiled)
  }

  async run(fetches: readonly Node[], feeds: ReadonlyMap<Node, Value>, batch: number): Promise<Value[]> {
    const write = () => ({ ...fetchProgram(fetches, batch), isSplit: false })
    return this.#programs.use([batch, ...fetches], write, async ({ fixed, rows }, session) => {
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
    return this.#programs.use(nodes, write, async (program, session) => {
      const runnable = { ...program, session }
      if (!program.isSplit) return this.#runSteps(step, runnable, batches, [steps, batchSize])
      const each: number[] = []
      for (let at = 0; at < steps; at++) {
        const one = oneStep(batches, at)
        const part = partOf(batchSize)!
        each.push(...(await this.#runSteps(step, runnable, one, [batchSize / part, part])))
      }
      return Float32Array.from(each)
    })
  }

  async #runSteps(
    { updates }: Step,
    { session, fixed, rows, masks }: SplitProgram & { readonly session: InferenceSession },
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
}

function compilerOf({ InferenceSession }: Runtime, options: ThreadOptions) {
  return new CompiledPrograms<SplitProgram, InferenceSession>({
    encode: ({ graph }) => [writeModel(graph)],
    compile: ({ graph }) =>
      InferenceSession.create(writeModel(graph), {
        executionProviders: ['cpu'],
        intraOpNumThreads: options.threads,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        // Log errors only: its warnings concern its own optimizations.
        logSeverityLevel: 3,
        ...affinity(options),
      }),
    release: (session) => session.release(),
  })
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

/**
 * Opens the engine of onnxruntime-node, which turns graphs into ONNX programs that run many steps at a time.
 * Results do not depend on the number of threads.
 * @throws if the package is not installed or does not load
 */
export async function openOnnx({
  threads = 1,
  isAlone = true,
  load,
}: {
  readonly threads?: number
  /** Whether no other job computes at the same time; only then may threads be pinned to processors. */
  readonly isAlone?: boolean
  readonly load?: LoadRuntime
} = {}): Promise<Engine> {
  const runtime = await loadRuntime(load)
  const compiled = compilerOf(runtime, { threads, isAlone })
  return {
    name: 'onnx',
    version: versionOf(runtime),
    threads,
    open: () => new OnnxSession(runtime, compiled),
  }
}
