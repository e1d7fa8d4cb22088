import type { Layer } from './model.ts'
import type { OtherLayers } from './other-layers.ts'
import type { DType, Shape, SymbolicTensor, Tensor } from './tensor.ts'

/** Settings common to all layers. */
export interface LayerConfig {
  /** Shape of one sample, for the first layer of a model. */
  inputShape?: Shape
  /** The same, preceded by the batch dimension. */
  batchInputShape?: Shape
  batchSize?: number
  dtype?: DType
  name?: string
  trainable?: boolean
  weights?: Tensor[]
}

export type Activation =
  | 'elu'
  | 'gelu'
  | 'gelu_new'
  | 'hardSigmoid'
  | 'linear'
  | 'mish'
  | 'relu'
  | 'relu6'
  | 'selu'
  | 'sigmoid'
  | 'softmax'
  | 'softplus'
  | 'softsign'
  | 'swish'
  | 'tanh'

/** Draws the initial elements of a weight. */
export interface Initializer {
  apply(shape: Shape, dtype?: DType): Tensor
  getClassName(): string
}

/** Adds a penalty on a weight to the loss. */
export interface Regularizer {
  apply(weight: Tensor): Tensor
  getClassName(): string
}

/** Keeps a weight within bounds after each step. */
export interface Constraint {
  apply(weight: Tensor): Tensor
  getClassName(): string
}

export interface DenseConfig extends LayerConfig {
  units: number
  activation?: Activation
  useBias?: boolean
  kernelInitializer?: Initializer | string
  biasInitializer?: Initializer | string
  kernelConstraint?: Constraint | string
  biasConstraint?: Constraint | string
  kernelRegularizer?: Regularizer | string
  biasRegularizer?: Regularizer | string
  activityRegularizer?: Regularizer | string
  /** Short for `inputShape: [inputDim]`. */
  inputDim?: number
}

export interface BatchNormalizationConfig extends LayerConfig {
  axis?: number
  momentum?: number
  epsilon?: number
  /** Whether there is an offset, beta. */
  center?: boolean
  /** Whether there is a factor, gamma. */
  scale?: boolean
  betaInitializer?: Initializer | string
  gammaInitializer?: Initializer | string
  movingMeanInitializer?: Initializer | string
  movingVarianceInitializer?: Initializer | string
  betaConstraint?: Constraint | string
  gammaConstraint?: Constraint | string
  betaRegularizer?: Regularizer | string
  gammaRegularizer?: Regularizer | string
}

/** Creates layers that `fit` lowers to a static graph and, through `OtherLayers`, all others. */
export interface Layers extends OtherLayers {
  inputLayer(config: LayerConfig): Layer
  dense(config: DenseConfig): Layer
  dropout(config: LayerConfig & { rate: number; noiseShape?: number[]; seed?: number }): Layer
  batchNormalization(config?: BatchNormalizationConfig): Layer
  flatten(config?: LayerConfig): Layer
  activation(config: LayerConfig & { activation: Activation }): Layer
  reLU(config?: LayerConfig & { maxValue?: number }): Layer
  softmax(config?: LayerConfig & { axis?: number | number[] }): Layer
}

type Seeded = { seed?: number }

/** Creates initializers. Give each random one a seed of at least 1. */
export interface Initializers {
  zeros(): Initializer
  ones(): Initializer
  constant(config: { value: number }): Initializer
  identity(config: { gain?: number }): Initializer
  randomUniform(config: Seeded & { minval?: number; maxval?: number }): Initializer
  randomNormal(config: Seeded & { mean?: number; stddev?: number }): Initializer
  truncatedNormal(config: Seeded & { mean?: number; stddev?: number }): Initializer
  varianceScaling(
    config: Seeded & {
      scale?: number
      mode?: 'fanIn' | 'fanOut' | 'fanAvg'
      distribution?: 'normal' | 'uniform' | 'truncatedNormal'
    },
  ): Initializer
  glorotUniform(config: Seeded): Initializer
  glorotNormal(config: Seeded): Initializer
  heUniform(config: Seeded): Initializer
  heNormal(config: Seeded): Initializer
  leCunUniform(config: Seeded): Initializer
  leCunNormal(config: Seeded): Initializer
  orthogonal(config: Seeded & { gain?: number }): Initializer
}

/** Creates penalties on weights: `l1` times their absolute sum, `l2` times the sum of their squares. */
export interface Regularizers {
  l1(config?: { l1: number }): Regularizer
  l2(config?: { l2: number }): Regularizer
  l1l2(config?: { l1?: number; l2?: number }): Regularizer
}

/** The settings of a model's input in the functional API. */
export interface InputConfig {
  /** Shape of one sample. */
  shape?: Shape
  /** The same, preceded by the batch dimension. */
  batchShape?: Shape
  name?: string
  dtype?: DType
  sparse?: boolean
}

/** The inputs and outputs of a model in the functional API. */
export interface ModelConfig {
  inputs: SymbolicTensor | SymbolicTensor[]
  outputs: SymbolicTensor | SymbolicTensor[]
  name?: string
}
