import type { Data } from '../../node.ts'

/** The parts of the binding of @tensorflow/tfjs-node that this engine uses. A tensor and a program are numbers there. */
export interface Binding {
  readonly TF_Version: string
  isUsingGpuDevice(): boolean
  createTensor(shape: readonly number[], dtype: number, data: Data): number
  deleteTensor(tensor: number): void
  tensorDataSync(tensor: number): Data
  loadSavedModel(folder: string, tags: string): number
  deleteSavedModel(program: number): void
  runSavedModel(
    program: number,
    inputs: readonly number[],
    inputNames: string,
    outputNames: string,
  ): { readonly id: number }[]
}
