import type { Node } from '../node.ts'
import { nodeText, sameShape } from '../shape.ts'
import { mul } from './mul.ts'
import { sigmoid } from './sigmoid.ts'
import { softplus } from './softplus.ts'
import { sub } from './sub.ts'
import { withGradient } from './with-gradient.ts'

/**
 * Computes log(1 + exp(z)) - z y element by element, in nats. This is the cross entropy of sigmoid(z) with a label y in
 * [0, 1], without overflow. Expects unscaled logits in the labels' shape. No gradient flows to the labels.
 */
export function sigmoidCrossEntropyWithLogits({
  labels,
  logits,
}: {
  readonly labels: Node
  readonly logits: Node
}): Node {
  if (!sameShape(labels.shape, logits.shape)) {
    throw new Error(
      `Cannot sigmoidCrossEntropyWithLogits ${nodeText(labels)} and ${nodeText(logits)}, expected labels and logits of one shape`,
    )
  }
  const entropy = sub(softplus(logits), mul(logits, labels))
  // d/dz = sigmoid(z) - y
  return withGradient(entropy, logits, (upstream) => mul(upstream, sub(sigmoid(logits), labels)))
}
