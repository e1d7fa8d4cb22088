import type { Shape, SymbolicTensor, Tensor } from './tensor.ts'

/** A weight of a layer. */
export interface LayerVariable {
  readonly name: string
  readonly originalName: string
  readonly shape: Shape
  readonly trainable: boolean
  /** Gives its tensor, which the weight owns: do not dispose of it. */
  read(): Tensor
  write(elements: Tensor): unknown
}

/** A layer of the Layers API. */
export interface Layer {
  name: string
  trainable: boolean
  readonly weights: LayerVariable[]
  readonly trainableWeights: LayerVariable[]
  readonly nonTrainableWeights: LayerVariable[]
  readonly input: SymbolicTensor | SymbolicTensor[]
  readonly output: SymbolicTensor | SymbolicTensor[]
  readonly outputShape: Shape | Shape[]
  /** Connects the layer to the output of another: `layer.apply(tf.input({ shape: [784] }))`. */
  apply(
    inputs: Tensor | Tensor[] | SymbolicTensor | SymbolicTensor[],
  ): Tensor | Tensor[] | SymbolicTensor | SymbolicTensor[]
  getClassName(): string
  getConfig(): object
  countParams(): number
  /** Gives the tensors of all weights, which the layer owns. */
  getWeights(trainableOnly?: boolean): Tensor[]
  setWeights(weights: Tensor[]): void
  dispose(): unknown
}

/** One tensor, or one for each input or output of a model, in order or by name. */
export type Tensors = Tensor | Tensor[] | { [name: string]: Tensor }

/** How many samples a model processes at once. */
export interface Batches {
  batchSize?: number
}

/**
 * A model of the Layers API. `fit` and `predict` of `weft/keras` run it on the engine; its own methods use
 * TensorFlow.js.
 */
export interface Model extends Layer {
  readonly inputs: SymbolicTensor[]
  readonly outputs: SymbolicTensor[]
  readonly layers: Layer[]
  /** Set it to true in a callback to stop the model's own `fit` after this batch. */
  stopTraining: boolean
  getLayer(name: string): Layer
  predict(x: Tensor | Tensor[], options?: Batches & { verbose?: boolean }): Tensor | Tensor[]
  /** Gives the loss and the metrics of a compiled model. */
  evaluate(x: Tensor | Tensor[], y: Tensor | Tensor[], options?: Batches): Tensor | Tensor[]
  /** Prepares the model's own `fit` and `evaluate`; the `fit` of `weft/keras` does not need it. */
  compile(options: object): void
  fit(
    x: Tensors,
    y: Tensors,
    options?: object,
  ): Promise<{ readonly history: { [metric: string]: (number | Tensor)[] } }>
  /** Gives the terms that the regularizers add to the loss. */
  calculateLosses(): Tensor[]
  /** Writes the model to `file://...`, or through a handler of TensorFlow.js. */
  save(place: string | object): Promise<object>
  summary(lineLength?: number, positions?: number[], print?: (line: string) => void): void
}

/** A model whose layers follow one another. */
export interface Sequential extends Model {
  add(layer: Layer): void
  /** Removes the last layer. */
  pop(): void
}
