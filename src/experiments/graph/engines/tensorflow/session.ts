import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Batches, EngineSession } from '../../engine.ts'
import type { Data, DType, Node, Value } from '../../node.ts'
import type { Step } from '../../optimizers/optimizer.ts'
import { withBatch } from '../../shape.ts'
import { rowsOf } from '../batches.ts'
import { CompiledPrograms, ProgramCache } from '../program-cache.ts'
import type { Binding } from './binding.ts'
import type { Program } from './programs.ts'
import { fetchProgram, heldType, stepsProgram } from './programs.ts'
import { elementTypes, programTag, writeSavedModel } from './saved-model.ts'

/** Keeps variables as tensors of TensorFlow. */
export class TensorflowSession implements EngineSession {
  readonly #binding: Binding
  readonly #variables = new Map<Node, number>()
  readonly #programs: ProgramCache<Program, number>

  /** @param loaded the programs that all sessions of the binding share */
  constructor(binding: Binding, loaded: CompiledPrograms<Program, number>) {
    this.#binding = binding
    this.#programs = new ProgramCache(loaded)
  }

  async run(fetches: readonly Node[], feeds: ReadonlyMap<Node, Value>, batch: number): Promise<Value[]> {
    const write = () => fetchProgram(fetches, batch)
    return this.#programs.use([batch, ...fetches], write, (program, model) => {
      const results = this.#call({ ...program, model }, (node) => feeds.get(node))
      try {
        return fetches.map((node, index) => ({
          dtype: node.dtype,
          shape: withBatch(node.shape, batch),
          data: this.#elements(results[index]!, node.dtype),
        }))
      } finally {
        this.#free(results)
      }
    })
  }

  async train(step: Step, metrics: readonly Node[], batches: Batches): Promise<Float32Array> {
    const { batchSize, steps, data, masks } = batches
    const nodes = [batchSize, step.loss, ...step.updates.flat(), ...metrics]
    const write = () => stepsProgram(step, metrics, batchSize)
    const given = (node: Node) =>
      masks.has(node) || (data.has(node) && node.shape[0] === null) ? rowsOf(node, batches) : data.get(node)
    return this.#programs.use(nodes, write, (program, model) => {
      const results = this.#call({ ...program, model }, given, steps)
      const scalars = results.pop()!
      for (const [index, [variable]] of step.updates.entries()) this.#set(variable, results[index]!)
      const all = this.#binding.tensorDataSync(scalars) as Float32Array
      this.#free([scalars])
      return all
    })
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
    await this.#programs.close()
  }

  /** Runs a program and gives its outputs, which the caller frees. */
  #call(
    { model, inputs, steps, outputs }: Program & { readonly model: number },
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
}

/** Keeps the programs that are loaded into a binding. */
export function programsOf(binding: Binding): CompiledPrograms<Program, number> {
  return new CompiledPrograms({
    encode: ({ operations }) => [writeSavedModel(operations)],
    compile: (program) => load(binding, program),
    release: (model) => binding.deleteSavedModel(model),
  })
}

// The binding loads programs from files alone.
function load(binding: Binding, { operations }: Program): number {
  const folder = mkdtempSync(join(tmpdir(), 'weft-program-'))
  try {
    writeFileSync(join(folder, 'saved_model.pb'), writeSavedModel(operations))
    return binding.loadSavedModel(folder, programTag)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function portsOf(names: readonly string[]): string {
  return names.map((name) => `${name}:0`).join()
}
