import type { Tensor } from '@tensorflow/tfjs-core'
import type { Node } from '../../node.ts'
import { isVariable } from '../../ops/variable.ts'
import { missingNodes } from '../missing-nodes.ts'
import { kernels } from './kernels.ts'

export interface Evaluation {
  /** What is there already: feeds, masks, sums. */
  readonly given: ReadonlyMap<Node, Tensor>
  variable(node: Node): Tensor
  /** Rows that this sees. */
  readonly batch: number
  /** Rows of the whole batch, of which these may be a part. */
  readonly whole?: number
}

/** Computes nodes, each once; to be called inside of `tf.tidy`. */
export function evaluate(
  roots: readonly Node[],
  { given, variable, batch, whole = batch }: Evaluation,
): Tensor[] {
  const values = new Map(given)
  for (const node of missingNodes(roots, given)) {
    if (isVariable(node)) {
      values.set(node, variable(node))
      continue
    }
    const kernel = kernels[node.op.type]
    if (!kernel)
      throw new Error(
        `Cannot compute \`${node.op.type}\` by tfjs, expected ${Object.keys(kernels).join(', ')}`,
      )
    const inputs = node.inputs.map((input) => values.get(input)!)
    values.set(node, kernel(inputs, node, { batch, whole }))
  }
  return roots.map((root) => values.get(root)!)
}
