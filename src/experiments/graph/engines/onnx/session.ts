import { availableParallelism, cpus } from 'node:os'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Batches, Engine, EngineSession } from '../../engine.ts'
import type { Data, Node, Value } from '../../node.ts'
import type { Step } from '../../optimizers/optimizer.ts'
import { withBatch } from '../../shape.ts'
import { oneStep } from '../batches.ts'
import { CompiledPrograms, ProgramCache } from '../program-cache.ts'
import { chainFeeds } from './chain-feeds.ts'
import type { Elements } from './helpers.ts'
import { writeModel } from './model.ts'
import { threadsOfEqualBits } from './product-threads.ts'
import type { Program, StepOptions } from './programs.ts'
import { fetchProgram, stepsProgram } from './programs.ts'
import type { LoadRuntime, Runtime } from './runtime.ts'
import { loadRuntime, versionOf } from './runtime.ts'
import { Shares, sharesOf } from './shares.ts'
import type { SplitProgram } from './split-programs.ts'
import { sharedPrograms, splitFrom, splitProgram } from './split-programs.ts'

type Written = (Program | SplitProgram) & {
  /** Threads of its operations; by default all. */
  readonly threads?: number
  /** If threads share the chains: how many, and the program that computes what depends on all sums. */
  readonly shared?: { readonly count: number; readonly rest: Written }
}

type Runnable<P extends Program> = P & { readonly session: InferenceSession }

interface ThreadOptions {
  readonly threads: number
  readonly isAlone: boolean
}

/** Keeps variables as tensors of this process. */
class OnnxSession implements EngineSession {
  readonly #runtime: Runtime
  readonly #variables = new Map<Node, Tensor>()
  readonly #programs: ProgramCache<Written, InferenceSession>
  readonly #shares = new Shares()
  readonly #options: ThreadOptions

  constructor(
    runtime: Runtime,
    compiled: CompiledPrograms<Written, InferenceSession>,
    options: ThreadOptions,
  ) {
    this.#runtime = runtime
    this.#programs = new ProgramCache(compiled)
    this.#options = options
  }

  async run(fetches: readonly Node[], feeds: ReadonlyMap<Node, Value>, batch: number): Promise<Value[]> {
    const write = () => fetchProgram(fetches, batch)
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
    const options = { step, metrics, batchSize, hasOrder, hasOneThread: this.#options.threads === 1 }
    const nodes = [batchSize, hasOrder, step.loss, ...step.updates.flat(), ...metrics]
    const write = () => (batchSize >= splitFrom && this.#split(options)) || stepsProgram(options)
    return this.#programs.use<Float32Array>(nodes, write, async (program, session) => {
      if (!('split' in program)) return this.#runSteps(step, { ...program, session }, batches)
      const { shared } = program
      const runOne = shared
        ? (one: Batches) =>
            this.#programs.use(
              [...nodes, 'rest'],
              () => shared.rest,
              (_, rest) => this.#runShared(step, program, { session, rest }, one),
            )
        : (one: Batches) => this.#runSplit(step, { ...program, session }, one)
      const each: number[] = []
      for (let at = 0; at < steps; at++) each.push(...(await runOne(oneStep(batches, at))))
      return Float32Array.from(each)
    })
  }

  /** Writes the program of a step on a large batch; undefined if it cannot be split. */
  #split(options: StepOptions): Written | undefined {
    const whole = splitProgram(options)
    if (!whole) return undefined
    // Each epoch's order may need any row, and no thread shall have all of them twice.
    const shares = options.hasOrder ? 1 : sharesOf(this.#options.threads, whole.split.chains.length)
    if (shares === 1) return whole
    const threads = Math.floor(this.#options.threads / shares)
    const { sums, rest } = sharedPrograms({ ...options, hasOneThread: threads === 1 }, shares)
    return { ...sums, threads, shared: { count: shares, rest: { ...rest, threads: 1 } } }
  }

  /** Runs a step on a large batch in one program. */
  async #runSplit(step: Step, program: Runnable<SplitProgram>, one: Batches): Promise<Float32Array> {
    const { rows, drawn } = chainFeeds(program, one, { from: 0, to: program.split.chains.length })
    const fed = { ...this.#fixed(program, one), ...this.#tensors(rows), ...this.#tensors(drawn) }
    return this.#update(step, program.session, fed)
  }

  /** Runs a step on a large batch, whose chains several threads add up. */
  async #runShared(
    step: Step,
    program: Written & SplitProgram,
    { session, rest }: { readonly session: InferenceSession; readonly rest: InferenceSession },
    one: Batches,
  ): Promise<Float32Array> {
    const fed = this.#fixed(program, one)
    const sums = await this.#shares.addUp(
      program,
      {
        session,
        count: program.shared!.count,
        options: sessionOptions(program, this.#options),
        fed,
        tensors: (all) => this.#tensors(all),
      },
      one,
    )
    return this.#update(step, rest, { ...fed, ...this.#tensors(sums) })
  }

  async #runSteps(
    step: Step,
    { session, ...program }: Runnable<Program>,
    { data, batchSize, steps, order, first, masks: drawn }: Batches,
  ): Promise<Float32Array> {
    const leading = [steps, batchSize]
    const fed = this.#fixed(program, { data })
    for (const [node, name] of program.rows) {
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
    for (const [mask, name] of program.masks)
      fed[name] = this.#tensor('uint8', drawn.get(mask)!, [...leading, ...(mask.shape.slice(1) as number[])])
    if (order) fed.order = this.#tensor('int32', order, leading)
    return this.#update(step, session, fed)
  }

  /** Runs a program that ends a step: keeps the variables, and gives the scalars. */
  async #update(
    { updates }: Step,
    session: InferenceSession,
    fed: Record<string, Tensor>,
  ): Promise<Float32Array> {
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
    await this.#shares.close()
    await this.#programs.close()
  }

  #fixed({ fixed }: Pick<Program, 'fixed'>, { data }: Pick<Batches, 'data'>): Record<string, Tensor> {
    return Object.fromEntries([...fixed].map(([node, name]) => [name, this.#fed(node, data)]))
  }

  #tensors(all: Readonly<Record<string, Elements>>): Record<string, Tensor> {
    return Object.fromEntries(
      Object.entries(all).map(([name, { type, data, shape }]) => [name, this.#tensor(type, data, shape)]),
    )
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
  return new CompiledPrograms<Written, InferenceSession>({
    encode: ({ graph, threads = options.threads }) => [writeModel(graph), `${threads} threads`],
    compile: (program) =>
      InferenceSession.create(writeModel(program.graph), sessionOptions(program, options)),
    release: (session) => session.release(),
  })
}

function sessionOptions(
  { graph, threads: wanted }: Written,
  options: ThreadOptions,
): InferenceSession.SessionOptions {
  const own = { ...options, threads: threadsOfEqualBits(graph.products ?? [], wanted ?? options.threads) }
  return {
    executionProviders: ['cpu'],
    intraOpNumThreads: own.threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // Log errors only: its warnings concern its own optimizations.
    logSeverityLevel: 3,
    ...affinity(own),
  }
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
  const options = { threads, isAlone }
  const compiled = compilerOf(runtime, options)
  return {
    name: 'onnx',
    version: versionOf(runtime),
    threads,
    open: () => new OnnxSession(runtime, compiled, options),
  }
}
