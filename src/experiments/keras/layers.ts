import type { Node, Update } from '../graph/index.ts'
import {
  add,
  batchNormalization,
  constant,
  dropout,
  filled,
  matMul,
  relu,
  sigmoid,
  softmax,
  softplus,
  tanh,
} from '../graph/index.ts'

/** The data that one layer passes to the next. */
export interface Flow {
  /** `[batch, features]` */
  readonly output: Node
  /** Input of the last activation. */
  readonly logits: Node
  /** Keras' name of that activation; `linear` if there is none. */
  readonly activation: string
  /** Updates of moving statistics, from the layers so far. */
  readonly updates: readonly Update[]
}

/** A layer's settings and weights. */
export interface LayerScope {
  readonly config: Readonly<Record<string, unknown>>
  /** By Keras' names: `kernel`, `bias`, `gamma`, `moving_mean`. */
  readonly weights: Readonly<Record<string, Node>>
  readonly isTraining: boolean
  /** Determines the Dropout masks. */
  readonly seed: number
}

/** Keras' names of activations, with their operations. */
const activations: Readonly<Record<string, (x: Node) => Node>> = {
  linear: (x) => x,
  relu,
  sigmoid,
  softmax,
  softplus,
  tanh,
}

/** Lowers a layer of each class to nodes; a text names what cannot be lowered. */
export const lowerings: Readonly<Record<string, (flow: Flow, scope: LayerScope) => Flow | string>> = {
  InputLayer: (flow) => flow,
  Flatten: (flow) => flow,
  Dense: dense,
  Activation: (flow, { config }) => activated(flow, flow.output, config.activation),
  ReLU: (flow, { config }) =>
    config.maxValue === null || config.maxValue === undefined
      ? activated(flow, flow.output, 'relu')
      : 'ReLU with a greatest value',
  Softmax: (flow) => activated(flow, flow.output, 'softmax'),
  Dropout: dropped,
  BatchNormalization: normalized,
}

/** Computes activation(x W + b). */
function dense(flow: Flow, { config, weights: { kernel, bias } }: LayerScope): Flow | string {
  const product = matMul(flow.output, kernel!)
  return activated(flow, bias ? add(product, bias) : product, config.activation)
}

/** Applies an activation by its name, and keeps its input for the loss. */
function activated(flow: Flow, logits: Node, name: unknown): Flow | string {
  const activation = String(name ?? 'linear')
  const apply = Object.hasOwn(activations, activation) ? activations[activation] : undefined
  return apply ? { ...flow, output: apply(logits), logits, activation } : `the activation ${activation}`
}

/** Drops units while the model trains, and passes everything on when it predicts. */
function dropped(flow: Flow, { config, isTraining, seed }: LayerScope): Flow | string {
  if (config.noiseShape) return 'Dropout with a noise shape'
  const rate = config.rate as number
  if (rate >= 1) return 'Dropout of everything'
  if (!isTraining) return flow
  const own = (config.seed as number | null | undefined) ?? 0
  return through(flow, dropout(flow.output, { rate, seed: seed + own }))
}

/** Normalizes by the batch while the model trains, by the moving statistics when it predicts. */
function normalized(flow: Flow, { config, weights, isTraining }: LayerScope): Flow | string {
  const { axis = -1, momentum, epsilon } = config as { axis?: number; momentum: number; epsilon: number }
  if (axis !== -1 && axis !== 1) return `BatchNormalization along axis ${axis}`
  const features = [flow.output.shape[1]!]
  const fixed = (element: number) => constant(filled(features, element))
  const { output, updates } = batchNormalization(flow.output, {
    scale: weights.gamma ?? fixed(1),
    offset: weights.beta ?? fixed(0),
    mean: weights.moving_mean!,
    variance: weights.moving_variance!,
    training: isTraining,
    momentum,
    epsilon,
  })
  return { ...through(flow, output), updates: [...flow.updates, ...updates] }
}

/** Passes an output on that no activation has made. */
function through(flow: Flow, output: Node): Flow {
  return { ...flow, output, logits: output, activation: 'linear' }
}
