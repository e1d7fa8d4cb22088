import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Binding } from '../../../../../src/experiments/graph/engines/tensorflow/binding.ts'
import type { Data } from '../../../../../src/experiments/graph/index.ts'

interface Tensor {
  readonly shape: readonly number[]
  readonly dtype: number
  readonly data: Data
}

/** A binding without TensorFlow: it keeps tensors and programs, and answers a run with what the test gives. */
export class FakeBinding implements Binding {
  readonly TF_Version = '9.9.9'
  readonly tensors = new Map<number, Tensor>()
  readonly programs = new Map<number, Uint8Array>()
  readonly runs: { readonly inputs: readonly Tensor[]; readonly names: string; readonly outputs: string }[] =
    []
  readonly #answer: (outputs: number) => readonly Data[]
  #count = 0

  constructor(answer: (outputs: number) => readonly Data[]) {
    this.#answer = answer
  }

  isUsingGpuDevice(): boolean {
    return false
  }

  createTensor(shape: readonly number[], dtype: number, data: Data): number {
    this.tensors.set(++this.#count, { shape, dtype, data })
    return this.#count
  }

  deleteTensor(tensor: number): void {
    if (!this.tensors.delete(tensor)) throw new Error(`Delete called on a Tensor not referenced: ${tensor}`)
  }

  tensorDataSync(tensor: number): Data {
    return this.tensors.get(tensor)!.data
  }

  loadSavedModel(folder: string, tags: string): number {
    if (tags !== 'serve') throw new Error(`Failed to load SavedModel: no tag ${tags}`)
    this.programs.set(++this.#count, readFileSync(join(folder, 'saved_model.pb')))
    return this.#count
  }

  deleteSavedModel(program: number): void {
    if (!this.programs.delete(program)) throw new Error(`SavedModel not found: ${program}`)
  }

  runSavedModel(_program: number, inputs: readonly number[], names: string, outputs: string) {
    this.runs.push({ inputs: inputs.map((each) => this.tensors.get(each)!), names, outputs })
    return this.#answer(outputs.split(',').length).map((data) => ({ id: this.createTensor([], 0, data) }))
  }
}
