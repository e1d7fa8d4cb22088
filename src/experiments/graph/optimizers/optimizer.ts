import { gradients } from '../gradients.ts'
import type { Node } from '../node.ts'
import { inOrder } from '../node.ts'
import { isTrainable } from '../ops/variable.ts'
import { nodeText } from '../shape.ts'

/** A variable with the node that gives its next elements; all those of a step are read before any is written. */
export type Update = readonly [variable: Node, next: Node]

/** One step of training: what is minimized, and what it changes. */
export interface Step {
  readonly loss: Node
  readonly updates: readonly Update[]
}

export interface MinimizeOptions {
  /** All trainable variables on which the loss rests unless given. */
  readonly variables?: readonly Node[]
  /** More to update in the same step, such as moving statistics. */
  readonly updates?: readonly Update[]
}

/** Turns a loss into a training step. */
export interface Optimizer {
  readonly name: string
  minimize(loss: Node, options?: MinimizeOptions): Step
}

/** Makes an optimizer of a rule that gives the updates for one variable, or for the whole step, from gradients. */
export function optimizer(
  name: string,
  apply: (pairs: readonly (readonly [variable: Node, gradient: Node])[]) => readonly Update[],
): Optimizer {
  return {
    name,
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
