import type { Initializers, InputConfig, Layers, ModelConfig, Regularizers } from './layers.ts'
import type { Layer, Model, Sequential } from './model.ts'
import type { DType, SymbolicTensor, Tensor, TensorLike } from './tensor.ts'

/** An optimizer of TensorFlow.js. It keeps the state of its trainings. */
export interface Optimizer {
  readonly iterations: number
  getClassName(): string
  getConfig(): object
  dispose(): void
}

/** Creates optimizers. */
export interface Optimizers {
  sgd(learningRate: number): Optimizer
  momentum(learningRate: number, momentum: number, useNesterov?: boolean): Optimizer
  rmsprop(
    learningRate: number,
    decay?: number,
    momentum?: number,
    epsilon?: number,
    centered?: boolean,
  ): Optimizer
  adam(learningRate?: number, beta1?: number, beta2?: number, epsilon?: number): Optimizer
  adadelta(learningRate?: number, rho?: number, epsilon?: number): Optimizer
  adamax(learningRate?: number, beta1?: number, beta2?: number, epsilon?: number, decay?: number): Optimizer
  adagrad(learningRate: number, initialAccumulatorValue?: number): Optimizer
}

/** The API for writing models: the Layers API of TensorFlow.js, its optimizers, and tensors to inspect them. */
export interface Tf {
  readonly layers: Layers
  readonly initializers: Initializers
  readonly regularizers: Regularizers
  readonly train: Optimizers
  sequential(config?: { layers?: Layer[]; name?: string }): Sequential
  model(config: ModelConfig): Model
  input(config: InputConfig): SymbolicTensor
  /** Creates a tensor that lives until it is disposed of. */
  tensor(values: TensorLike, shape?: number[], dtype?: DType): Tensor
  /** Runs a function, gives its result, and disposes of all tensors that it created except those in the result. */
  tidy<T>(make: () => T): T
  /** Counts the live tensors and their bytes. */
  memory(): { readonly numTensors: number; readonly numDataBuffers: number; readonly numBytes: number }
}
