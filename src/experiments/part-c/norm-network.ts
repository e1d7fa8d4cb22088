import type { Node, Update } from '../graph/index.ts'
import {
  add,
  batchNormalization,
  filled,
  glorotUniform,
  heNormal,
  matMul,
  relu,
  tanh,
  variable,
  zeros,
} from '../graph/index.ts'

/** Settings of a deep network. */
export interface NormSettings {
  /** Number of hidden layers, each of `units` units. */
  readonly depth: number
  readonly units: number
  readonly activation: keyof typeof activations
  /** Whether each hidden layer is normalized before its activation. */
  readonly normalized: boolean
  /** Share of a running average that a step keeps. */
  readonly momentum: number
  /** How the initial weights of the hidden layers are drawn; those of the output layer are in Glorot's range. */
  readonly initialization: keyof typeof initializers
  /** Determines the initial weights. */
  readonly seed: number
}

/** One pass through the network: with the statistics of the batch, or with the running averages. */
export interface NormPass {
  /** Input of the activation of each hidden layer, `[batch, units]`. */
  readonly inputs: readonly Node[]
  /** `[batch, classes]`, unscaled. */
  readonly logits: Node
}

/** A deep network as a graph: both its passes, and the variables that training changes. */
export interface NormNetwork {
  readonly training: NormPass
  /** The same as `training` if the network is not normalized. */
  readonly inference: NormPass
  /** Weights of each layer, the output layer included: `[inputs, outputs]`. */
  readonly weights: readonly Node[]
  /** Updates of the running averages, for the training step. */
  readonly updates: readonly Update[]
  /** All variables that training changes, the running averages included. */
  readonly variables: readonly Node[]
}

/** The activations of a hidden layer, by the names that params use. */
const activations = { relu, tanh } as const
/** How weights `[inputs, outputs]` are drawn, by the names that params use. */
const initializers = { glorot: glorotUniform, he: heNormal } as const
/** Added to variances. It is far below the variances here, so that it does not affect the results shown. */
export const normEpsilon = 1e-5

/**
 * Builds x -> activation(BN(x W)) -> ... -> logits, or activation(x W + b) without normalization: the offset of batch
 * normalization replaces the bias. Both passes share their variables.
 * @param x `[batch, inputs]`
 */
export function normNetwork(x: Node, classes: number, settings: NormSettings): NormNetwork {
  const { depth, units, activation } = settings
  const activate = activations[activation]
  const layers = Array.from({ length: depth }, (_, index) =>
    hiddenLayer(index === 0 ? x.shape[1]! : units, index, settings),
  )
  const weights = variable(`weights${depth + 1}`, glorotUniform([units, classes], settings.seed, depth))
  const bias = variable(`bias${depth + 1}`, zeros([classes]))
  const pass = (training: boolean): NormPass & { readonly updates: Update[] } => {
    const inputs: Node[] = []
    const updates: Update[] = []
    let activity = x
    for (const layer of layers) {
      const { output, updates: moved } = layer.apply(activity, training)
      inputs.push(output)
      updates.push(...moved)
      activity = activate(output)
    }
    return { inputs, updates, logits: add(matMul(activity, weights), bias) }
  }
  const { updates, ...training } = pass(true)
  return {
    training,
    inference: settings.normalized ? pass(false) : training,
    weights: [...layers.map((layer) => layer.weights), weights],
    updates,
    variables: [...layers.flatMap((layer) => layer.variables), weights, bias],
  }
}

/**
 * Makes one hidden layer, its number `index` from 0: its variables, and `apply`, which gives the input of its activation
 * and, if it is normalized, the updates of its running averages.
 */
function hiddenLayer(inputs: number, index: number, settings: NormSettings) {
  const { units, normalized, momentum } = settings
  const drawn = initializers[settings.initialization]([inputs, units], settings.seed, index)
  const weights = variable(`weights${index + 1}`, drawn)
  const own = (name: string, first: number, trainable = true) =>
    variable(`${name}${index + 1}`, filled([units], first), { trainable })
  const offset = own(normalized ? 'offset' : 'bias', 0)
  if (!normalized) {
    const apply = (x: Node, _: boolean) => ({ output: add(matMul(x, weights), offset), updates: [] })
    return { weights, variables: [weights, offset], apply }
  }
  const normalization = {
    scale: own('scale', 1),
    offset,
    mean: own('mean', 0, false),
    variance: own('variance', 1, false),
  }
  const apply = (x: Node, training: boolean) =>
    batchNormalization(matMul(x, weights), { ...normalization, training, momentum, epsilon: normEpsilon })
  return { weights, variables: [weights, ...Object.values(normalization)], apply }
}
