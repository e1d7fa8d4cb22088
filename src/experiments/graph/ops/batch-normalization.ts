import type { Node } from '../node.ts'
import { nodeText, sameShape } from '../shape.ts'
import { add } from './add.ts'
import { div } from './div.ts'
import { mul } from './mul.ts'
import { reduceMean } from './reduce-mean.ts'
import { sqrt } from './sqrt.ts'
import { square } from './square.ts'
import { sub } from './sub.ts'

export interface BatchNormalizationOptions {
  /** gamma, `[features]`. */
  readonly scale: Node
  /** beta, `[features]`. */
  readonly offset: Node
  /** Moving mean, `[features]`, a variable that is not trainable. */
  readonly mean: Node
  /** Moving variance, `[features]`, a variable that is not trainable. */
  readonly variance: Node
  /** Whether to use the batch statistics and update the moving ones; otherwise the moving ones are used. */
  readonly training: boolean
  /** Share of a moving statistic that a step keeps. */
  readonly momentum?: number
  readonly epsilon?: number
}

/** A normalized node, and the further updates of a training step: pass `updates` to `minimize`. */
export interface Normalized {
  readonly output: Node
  readonly updates: readonly (readonly [variable: Node, next: Node])[]
}

/**
 * Computes scale (x - mean) / sqrt(variance + epsilon) + offset for `[batch, features]` (S. Ioffe, C. Szegedy,
 * "Batch Normalization", ICML 2015, algorithm 1). It uses the biased variance over the batch.
 */
export function batchNormalization(
  x: Node,
  { scale, offset, mean, variance, training, momentum = 0.99, epsilon = 1e-3 }: BatchNormalizationOptions,
): Normalized {
  for (const each of [scale, offset, mean, variance]) {
    if (x.shape.length === 2 && sameShape(each.shape, [x.shape[1]!])) continue
    throw new Error(
      `Cannot batchNormalization ${nodeText(x)} with ${nodeText(each)}, expected [batch, features] and [features]`,
    )
  }
  // For inference: the statistics that training has gathered.
  if (!training) return { output: normalize(sub(x, mean), variance, { scale, offset, epsilon }), updates: [] }
  // For training: mean and biased variance over the rows of the batch.
  const batchMean = reduceMean(x, 0)
  const centred = sub(x, batchMean)
  const batchVariance = reduceMean(square(centred), 0)
  // A moving statistic keeps a share of its value and takes the rest from the batch.
  const move = (moving: Node, batch: Node) =>
    [moving, add(mul(moving, momentum), mul(batch, 1 - momentum))] as const
  return {
    output: normalize(centred, batchVariance, { scale, offset, epsilon }),
    updates: [move(mean, batchMean), move(variance, batchVariance)],
  }
}

/** Scales centred inputs by gamma over their deviation, and shifts them by beta. */
function normalize(
  centred: Node,
  variance: Node,
  { scale, offset, epsilon }: { scale: Node; offset: Node; epsilon: number },
): Node {
  return add(mul(centred, div(scale, sqrt(add(variance, epsilon)))), offset)
}
