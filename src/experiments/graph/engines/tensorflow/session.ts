import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Batches, EngineSession } from '../../engine.ts'
import type { Data, DType, Node, Value } from '../../node.ts'
import type { Step } from '../../optimizers/optimizer.ts'
import { withBatch } from '../../shape.ts'
import { rowsOf } from '../batches.ts'
import type { Binding } from './binding.ts'
import type { Program } from './programs.ts'
import { fetchProgram, heldType, stepsProgram } from './programs.ts'
import { elementTypes, programTag, writeSavedModel } from './saved-model.ts'

interface Compiled extends Program {
  readonly model: number
}

interface Kept {
  readonly nodes: readonly unknown[]
  readonly compiled: Compiled
}

// A program holds no data, but each batch size needs its own program.
const mostPrograms = 24

/** Keeps variables as tensors of TensorFlow, and the programs loaded so far. */
export class TensorflowSession implements EngineSession {
  readonly #binding: Binding
  readonly #variables = new Map<Node, number>()
  #programs: Kept[] = []

  constructor(binding: Binding) {
    this.#binding = binding
  }

  async run(fetches: readonly Node[], feeds: ReadonlyMap<Node, Value>, batch: number): Promise<Value[]> {
    const compiled = this.#program([batch, ...fetches], () => fetchProgram(fetches, batch))
    const results = this.#call(compiled, (node) => feeds.get(node))
    try {
      return fetches.map((node, index) => ({
        dtype: node.dtype,
        shape: withBatch(node.shape, batch),
        data: this.#elements(results[index]!, node.dtype),
      }))
    } finally {
      this.#free(results)
    }
  }

  async train(step: Step, metrics: readonly Node[], batches: Batches): Promise<Float32Array> {
    const { batchSize, steps, data, masks } = batches
    const nodes = [batchSize, step.loss, ...step.updates.flat(), ...metrics]
    const compiled = this.#program(nodes, () => stepsProgram(step, metrics, batchSize))
    const given = (node: Node) =>
      masks.has(node) || (data.has(node) && node.shape[0] === null) ? rowsOf(node, batches) : data.get(node)
    const results = this.#call(compiled, given, steps)
    const scalars = results.pop()!
    for (const [index, [variable]] of step.updates.entries()) this.#set(variable, results[index]!)
    const all = this.#binding.tensorDataSync(scalars) as Float32Array
    this.#free([scalars])
    return all
  }

  async read(variable: Node): Promise<Data> {
    return this.#elements(this.#variable(variable), variable.dtype)
  }

  write(variable: Node, data: Data): void {
    const dtype = heldType(variable)
    const held = dtype === variable.dtype ? data : Int32Array.from(data)
    this.#set(variable, this.#tensor(dtype, variable.shape as number[], held))
  }

  async close(): Promise<void> {
    this.#free([...this.#variables.values()])
    this.#variables.clear()
    for (const { compiled } of this.#programs.splice(0)) this.#binding.deleteSavedModel(compiled.model)
  }

  /** Runs a program and gives its outputs, which the caller frees. */
  #call(
    { model, inputs, steps, outputs }: Compiled,
    given: (node: Node) => Value | undefined,
    count?: number,
  ): number[] {
    const fed: number[] = []
    const own: number[] = []
    const add = (dtype: DType, shape: readonly number[], data: Data) => {
      own.push(this.#tensor(dtype, shape, data))
      fed.push(own.at(-1)!)
    }
    try {
      for (const node of inputs.keys()) {
        const value = given(node)
        if (value) add(node.dtype, value.shape, value.data)
        else fed.push(this.#variable(node))
      }
      if (steps !== undefined) add('int32', [], Int32Array.of(count!))
      const names = [...inputs.values(), ...(steps === undefined ? [] : [steps])]
      return this.#binding.runSavedModel(model, fed, portsOf(names), portsOf(outputs)).map(({ id }) => id)
    } finally {
      this.#free(own)
    }
  }

  #variable(variable: Node): number {
    if (!this.#variables.has(variable)) this.write(variable, variable.value!.data.slice())
    return this.#variables.get(variable)!
  }

  #set(variable: Node, tensor: number): void {
    const before = this.#variables.get(variable)
    this.#variables.set(variable, tensor)
    if (before !== undefined) this.#free([before])
  }

  #tensor(dtype: DType, shape: readonly number[], data: Data): number {
    return this.#binding.createTensor(shape, elementTypes[dtype], data)
  }

  #elements(tensor: number, dtype: DType): Data {
    const data = this.#binding.tensorDataSync(tensor)
    return dtype === 'uint8' ? Uint8Array.from(data) : data
  }

  #free(tensors: readonly number[]): void {
    for (const tensor of tensors) this.#binding.deleteTensor(tensor)
  }

  /** Gives a program, loading it unless it is kept. */
  #program(nodes: readonly unknown[], write: () => Program): Compiled {
    const known = this.#programs.find(
      (each) =>
        each.nodes.length === nodes.length && each.nodes.every((node, index) => node === nodes[index]),
    )
    const kept = known ?? { nodes, compiled: this.#load(write()) }
    // The most recently used program is kept longest.
    this.#programs = [...this.#programs.filter((each) => each !== kept), kept]
    for (const { compiled } of this.#programs.splice(0, this.#programs.length - mostPrograms))
      this.#binding.deleteSavedModel(compiled.model)
    return kept.compiled
  }

  // The binding loads programs from files alone.
  #load(program: Program): Compiled {
    const folder = mkdtempSync(join(tmpdir(), 'weft-program-'))
    try {
      writeFileSync(join(folder, 'saved_model.pb'), writeSavedModel(program.operations))
      return { ...program, model: this.#binding.loadSavedModel(folder, programTag) }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

function portsOf(names: readonly string[]): string {
  return names.map((name) => `${name}:0`).join()
}
