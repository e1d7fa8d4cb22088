import type { Node } from './node.ts'
import { inOrder } from './node.ts'
import { add } from './ops/add.ts'
import { constant } from './ops/constant.ts'
import { nodeText } from './shape.ts'

/**
 * Builds the gradient of a scalar loss by each variable (or any other node), in the variable's shape. It uses reverse
 * mode and visits every shared node once. It builds nothing for inputs that depend on no variable.
 * @throws if the loss is no float32 scalar, or does not depend on a variable through differentiable operations
 */
export function gradients(loss: Node, variables: readonly Node[]): Node[] {
  if (loss.shape.length > 0 || loss.dtype !== 'float32')
    throw new Error(`Cannot take gradients of ${nodeText(loss)}, expected a float32 scalar: reduce it first`)
  // 1. Finds the nodes between the variables and the loss: only they need a gradient.
  const ordered = inOrder([loss])
  const wanted = dependents(ordered, new Set(variables))
  // 2. Starts with dL/dL = 1, and goes from the loss to the variables, so that a node is visited after all of its users.
  const upstream = new Map<Node, Node>([[loss, constant(1)]])
  for (const node of ordered.toReversed()) {
    const flowing = upstream.get(node)
    if (!flowing || !wanted.has(node)) continue
    for (const [index, input] of node.inputs.entries()) {
      if (!wanted.has(input)) continue
      // The chain rule of the operation; contributions of several users of a node add up.
      const part = node.op.gradient?.(node, flowing, index)
      if (!part) continue
      const sum = upstream.get(input)
      upstream.set(input, sum ? add(sum, part) : part)
    }
  }
  // 3. Gives the gradient of each variable, which must have received one.
  return variables.map((variable) => {
    const gradient = upstream.get(variable)
    if (gradient) return gradient
    throw new Error(
      `Cannot take the gradient of ${nodeText(loss)} by ${nodeText(variable)}, expected the loss to depend on it through differentiable operations`,
    )
  })
}

/** Gives the nodes that depend on a variable, the variables included; expects each node after its inputs. */
function dependents(ordered: readonly Node[], variables: ReadonlySet<Node>): ReadonlySet<Node> {
  const found = new Set<Node>()
  for (const node of ordered)
    if (variables.has(node) || node.inputs.some((input) => found.has(input))) found.add(node)
  return found
}
