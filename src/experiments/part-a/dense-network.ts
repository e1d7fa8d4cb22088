import type { Node } from '../graph/index.ts'
import { add, glorotUniform, matMul, relu, variable, zeros } from '../graph/index.ts'

/** A fully connected layer. */
interface DenseLayer {
  /** `[inputs, units]` */
  readonly weights: Node
  /** `[units]` */
  readonly bias: Node
}

interface DenseNetwork {
  readonly layers: readonly DenseLayer[]
  /** `[batch, units of the last layer]`, unscaled. */
  readonly logits: Node
}

/**
 * Builds x -> ReLU(x W + b) -> ... -> logits. The seed draws the weights from Glorot's range; biases start at zero.
 * @param x `[batch, inputs]`
 * @param units number of units of each layer; the last layer gives the logits
 */
export function denseNetwork(x: Node, units: readonly number[], seed: number): DenseNetwork {
  const layers: DenseLayer[] = []
  let activations = x
  for (const [index, count] of units.entries()) {
    // 1. The variables of the layer.
    const inputs = activations.shape[1]!
    const weights = variable(`weights${index + 1}`, glorotUniform([inputs, count], seed, index))
    const bias = variable(`bias${index + 1}`, zeros([count]))
    layers.push({ weights, bias })
    // 2. The affine map; every layer but the last is rectified.
    const sums = add(matMul(activations, weights), bias)
    activations = index === units.length - 1 ? sums : relu(sums)
  }
  return { layers, logits: activations }
}

/** Counts the weights and biases. */
export function parameterCount({ layers }: DenseNetwork): number {
  return layers.reduce((sum, { weights }) => {
    const [inputs, units] = weights.shape as number[]
    return sum + inputs! * units! + units!
  }, 0)
}
