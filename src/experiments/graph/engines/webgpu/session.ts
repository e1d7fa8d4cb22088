import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Batches, EngineSession } from '../../engine.ts'
import type { Data, Node, Value } from '../../node.ts'
import { reduceSum } from '../../ops/reduce-sum.ts'
import { square } from '../../ops/square.ts'
import type { Step } from '../../optimizers/optimizer.ts'
import { withBatch } from '../../shape.ts'
import { oneStep, rowsOf } from '../batches.ts'
import { writeModel } from '../onnx/model.ts'
import type { Program } from '../onnx/programs.ts'
import { fetchProgram, stepProgram } from '../onnx/programs.ts'
import type { Runtime } from '../onnx/runtime.ts'
import { CompiledPrograms, ProgramCache } from '../program-cache.ts'

/** Where the outputs of a program are left: in memory, or those of a step on the device, all but the scalars. */
interface Placed extends Program {
  readonly onDevice: readonly string[]
}

/** The adapter of this process. */
export interface Device {
  readonly runtime: Runtime
  /** As long as one session of the provider is open, it keeps all shaders that were compiled. */
  readonly keeper: InferenceSession
  readonly compiled: CompiledPrograms<Placed, InferenceSession>
}

/**
 * Keeps variables on the device from step to step. It computes one thing at a time,
 * because a step frees the tensors that it replaces.
 */
export class WebGpuSession implements EngineSession {
  readonly #device: Device
  readonly #variables = new Map<Node, Tensor>()
  readonly #programs: ProgramCache<Placed, InferenceSession>
  readonly #squares = new Map<Node, Node>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(device: Device) {
    this.#device = device
    this.#programs = new ProgramCache(device.compiled)
  }

  run(fetches: readonly Node[], feeds: ReadonlyMap<Node, Value>, batch: number): Promise<Value[]> {
    return this.#alone(() => this.#run(fetches, feeds, batch))
  }

  train(step: Step, metrics: readonly Node[], batches: Batches): Promise<Float32Array> {
    const { batchSize } = batches
    const write = () => {
      const program = stepProgram({ step, metrics, batchSize })
      const onDevice = program.graph.outputs.slice(0, -1).map(({ name }) => name)
      return { ...program, onDevice }
    }
    const nodes = [batchSize, step.loss, ...step.updates.flat(), ...metrics]
    return this.#alone(() =>
      this.#programs.use(nodes, write, async (program, session) => {
        const each: number[] = []
        for (let at = 0; at < batches.steps; at++)
          each.push(...(await this.#step(step, { ...program, session }, oneStep(batches, at))))
        if (!(await this.#areFinite(step))) each[each.length - 1 - metrics.length] = Number.NaN
        return Float32Array.from(each)
      }),
    )
  }

  read(variable: Node): Promise<Data> {
    return this.#alone(async () => {
      const tensor = this.#variable(variable)
      // The binding has no way to download a tensor (1.30.0 ends the process): a program that copies it has one.
      if (tensor.location !== 'cpu') return (await this.#run([variable], new Map(), 1))[0]!.data
      return tensor.data as Data
    })
  }

  write(variable: Node, data: Data): void {
    const replaced = this.#variables.get(variable)
    this.#variables.set(
      variable,
      this.#tensor({ dtype: variable.dtype, shape: variable.shape as number[], data }),
    )
    // What computes at this moment may still use it.
    if (replaced) void this.#alone(async () => replaced.dispose())
  }

  async close(): Promise<void> {
    await this.#alone(async () => {
      for (const tensor of this.#variables.values()) tensor.dispose()
      this.#variables.clear()
      await this.#programs.close()
    })
  }

  async #run(fetches: readonly Node[], feeds: ReadonlyMap<Node, Value>, batch: number): Promise<Value[]> {
    const write = () => ({ ...fetchProgram(fetches, batch), onDevice: [] })
    return this.#programs.use([batch, ...fetches], write, async ({ fixed, rows }, session) => {
      const fed: Record<string, Tensor> = {}
      for (const [node, name] of [...fixed, ...rows]) {
        const value = feeds.get(node)
        fed[name] = value ? this.#tensor(value) : this.#variable(node)
      }
      const outputs = await session.run(fed)
      return fetches.map((node, index) => ({
        dtype: node.dtype,
        shape: withBatch(node.shape, batch),
        data: outputs[session.outputNames[index]!]!.data as Data,
      }))
    })
  }

  /** Runs one step and gives its scalars; the variables stay on the device. */
  async #step(
    { updates }: Step,
    { session, fixed, rows, masks }: Placed & { readonly session: InferenceSession },
    batches: Batches,
  ): Promise<Float32Array> {
    const fed: Record<string, Tensor> = {}
    for (const [node, name] of fixed) {
      const value = batches.data.get(node)
      fed[name] = value ? this.#tensor(value) : this.#variable(node)
    }
    for (const [node, name] of [...rows, ...masks]) fed[name] = this.#tensor(rowsOf(node, batches))
    const outputs = await session.run(fed)
    for (const [index, [variable]] of updates.entries()) {
      this.#variable(variable).dispose()
      this.#variables.set(variable, outputs[session.outputNames[index]!]!)
    }
    return outputs[session.outputNames.at(-1)!]!.data as Float32Array
  }

  // WebGPU defines no NaN: ReLU may make it 0, and then a loss is finite although its variables are not.
  async #areFinite({ updates }: Step): Promise<boolean> {
    const squares = updates
      .filter(([{ dtype }]) => dtype === 'float32')
      .map(([each]) => this.#sumOfSquares(each))
    const sums = squares.length === 0 ? [] : await this.#run(squares, new Map(), 1)
    return sums.every(({ data }) => Number.isFinite(data[0]))
  }

  #sumOfSquares(variable: Node): Node {
    const known = this.#squares.get(variable)
    const sum = known ?? reduceSum(square(variable))
    this.#squares.set(variable, sum)
    return sum
  }

  #variable(variable: Node): Tensor {
    const known = this.#variables.get(variable)
    if (known) return known
    const initial = this.#tensor({ ...variable.value!, data: variable.value!.data.slice() })
    this.#variables.set(variable, initial)
    return initial
  }

  #tensor({ dtype, data, shape }: Value): Tensor {
    return new this.#device.runtime.Tensor(dtype as 'float32', data as Float32Array, shape)
  }

  /** Does something once all that was asked for before is done. */
  #alone<Result>(act: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(act)
    this.#last = result.catch(() => undefined)
    return result
  }
}

/** Keeps the programs that are compiled for the device. */
export function compilerOn(runtime: Runtime): CompiledPrograms<Placed, InferenceSession> {
  return new CompiledPrograms({
    encode: ({ graph, onDevice }) => [writeModel(graph), onDevice.join()],
    compile: (program) => compileOn(runtime, program),
    release: (session) => session.release(),
  })
}

/** Compiles a program for the device; operations that the provider lacks are computed by the processor. */
export function compileOn(
  { InferenceSession }: Runtime,
  { graph, onDevice }: Pick<Placed, 'graph' | 'onDevice'>,
): Promise<InferenceSession> {
  return InferenceSession.create(writeModel(graph), {
    executionProviders: ['webgpu'],
    preferredOutputLocation: Object.fromEntries(onDevice.map((name) => [name, 'gpu-buffer' as const])),
    intraOpNumThreads: 1,
    // Log errors only: its warnings name the operations that the processor computes.
    logSeverityLevel: 3,
  })
}
