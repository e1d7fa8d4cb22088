import { gradients } from '../gradients.ts'
import type { Node } from '../node.ts'
import { inOrder } from '../node.ts'
import { isTrainable } from '../ops/variable.ts'
import { nodeText } from '../shape.ts'

/** A variable and the node that gives its next elements. A step reads all variables before it writes any. */
export type Update = readonly [variable: Node, next: Node]

/** One training step: the loss to minimize, and the updates. */
export interface Step {
  readonly loss: Node
  readonly updates: readonly Update[]
}

export interface MinimizeOptions {
  /** By default, all trainable variables that the loss depends on. */
  readonly variables?: readonly Node[]
  /** Further updates in the same step, such as moving statistics. */
  readonly updates?: readonly Update[]
}

/** Builds training steps from losses. */
export interface Optimizer {
  readonly name: string
  minimize(loss: Node, options?: MinimizeOptions): Step
}

/** Creates an optimizer from a rule that turns the gradients of all variables into the updates of a step. */
export function optimizer(
  name: string,
  apply: (pairs: readonly (readonly [variable: Node, gradient: Node])[]) => readonly Update[],
): Optimizer {
  return {
    name,
    // 1. Takes the gradients of the loss. 2. The rule of the optimizer turns them into updates.
    minimize(loss, { variables = inOrder([loss]).filter(isTrainable), updates = [] } = {}) {
      if (variables.length === 0)
        throw new Error(
          `Cannot minimize ${nodeText(loss)}, expected it to rest on trainable variables, found none`,
        )
      const slopes = gradients(loss, variables)
      return {
        loss,
        updates: [...apply(variables.map((variable, index) => [variable, slopes[index]!])), ...updates],
      }
    },
  }
}
