import type { Tensor } from '@tensorflow/tfjs-core'
import type { Node } from '../../node.ts'
import { inOrder } from '../../node.ts'
import { isVariable } from '../../ops/variable.ts'
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
  for (const node of unknown(roots, given)) {
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

// What lies before a given node need not be computed.
function unknown(roots: readonly Node[], given: ReadonlyMap<Node, Tensor>): Node[] {
  if (given.size === 0) return inOrder(roots)
  const needed = new Set<Node>()
  const stack = [...roots]
  while (stack.length > 0) {
    const node = stack.pop()!
    if (needed.has(node) || given.has(node)) continue
    needed.add(node)
    stack.push(...(node.op.type === 'Size' ? [] : node.inputs))
  }
  return inOrder(roots).filter((node) => needed.has(node))
}
