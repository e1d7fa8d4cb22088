import type { Node } from '../node.ts'
import { nodeText, sameShape } from '../shape.ts'
import { exp } from './exp.ts'
import { logSoftmax } from './log-softmax.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'
import { reduceSum } from './reduce-sum.ts'
import { reshape } from './reshape.ts'
import { sub } from './sub.ts'
import { withGradient } from './with-gradient.ts'

/**
 * Computes -sum(y logSoftmax(z)) along the last axis, in nats. This is the cross entropy of softmax(z) with labels that
 * sum to 1 along that axis, such as one-hot ones. `[..., classes]` gives `[...]`. Expects unscaled logits. No gradient
 * flows to the labels.
 */
export function softmaxCrossEntropyWithLogits({
  labels,
  logits,
}: {
  readonly labels: Node
  readonly logits: Node
}): Node {
  if (!sameShape(labels.shape, logits.shape) || logits.shape.length === 0) {
    throw new Error(
      `Cannot softmaxCrossEntropyWithLogits ${nodeText(labels)} and ${nodeText(logits)}, expected labels and logits of one shape [..., classes]`,
    )
  }
  const logProbabilities = logSoftmax(logits)
  const entropy = neg(reduceSum(mul(labels, logProbabilities), -1))
  // d/dz = softmax(z) - y
  return withGradient(entropy, logits, (upstream) =>
    mul(reshape(upstream, [...upstream.shape, 1]), sub(exp(logProbabilities), labels)),
  )
}
