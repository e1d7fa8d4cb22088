import type { Node, Value } from './node.ts'
import { isMask } from './ops/dropout.ts'
import { isVariable } from './ops/variable.ts'
import type { Step } from './optimizers/optimizer.ts'
import { nodeText, sameShape } from './shape.ts'

/** Thrown where a loss or another metric is no longer a finite number. */
export class NotFiniteError extends Error {}

/**
 * Adds to sums what each step gave, weighted by its rows; an epoch is that of a training.
 * @throws NotFiniteError
 */
export function addUp(
  sums: Float64Array,
  each: Float32Array,
  rows: number,
  { epoch, step }: { readonly epoch: number | undefined; readonly step: number },
): void {
  const width = sums.length
  for (let index = 0; index < each.length; index++) {
    if (!Number.isFinite(each[index])) {
      if (epoch === undefined)
        throw new NotFiniteError(
          `Cannot evaluate, expected finite metrics, found ${each[index]}: data or variables may not be finite`,
        )
      const at = `step ${step + Math.floor(index / width) + 1} of epoch ${epoch}`
      if (index % width === 0) {
        throw new NotFiniteError(
          `Cannot train on, expected a finite loss, found ${each[index]} in ${at}: the learning rate may be too large, or the data not finite`,
        )
      }
    }
    sums[index % width]! += each[index]! * rows
  }
}

/** Gives the nodes of metrics; throws unless each is a float32 scalar. */
export function scalarsOf(metrics: Readonly<Record<string, Node>>): Node[] {
  return Object.entries(metrics).map(([name, metric]) => {
    assertNode(metric, name)
    if (metric.shape.length === 0 && metric.dtype === 'float32') return metric
    throw new Error(
      `Cannot follow \`${name}\`, ${nodeText(metric)}: expected a float32 scalar, found ${metric.dtype}`,
    )
  })
}

/** Throws if a graph that should predict has Dropout in it. */
export function assertInference(verb: string, nodes: readonly Node[]): void {
  if (nodes.some(isMask))
    throw new Error(
      `Cannot ${verb} ${nodeText(nodes.at(-1)!)}, it has dropout: expected a graph made for inference`,
    )
}

/** Throws unless something to fetch is a node of a graph. */
export function assertNode(node: unknown, name: string): asserts node is Node {
  if (typeof node === 'object' && node !== null && 'op' in node && 'inputs' in node) return
  throw new Error(
    `Unexpected fetch \`${name}\`, expected a node of a graph, found ${node === null ? 'null' : typeof node}`,
  )
}

/** Throws unless a node is a variable. */
export function assertVariable(verb: string, node: Node): void {
  assertNode(node, 'variable')
  if (!isVariable(node)) throw new Error(`Cannot ${verb} ${nodeText(node)}, expected a variable`)
}

/** Throws unless elements have the shape and dtype of a variable. */
export function assertElements(variable: Node, { shape, dtype }: Value): void {
  if (dtype === variable.dtype && shape.join() === variable.shape.join()) return
  throw new Error(
    `Cannot write ${nodeText(variable)}, expected ${variable.dtype} [${variable.shape.join(', ')}], found ${dtype} [${shape.join(', ')}]`,
  )
}

/** Throws unless a count is a whole number above 0. */
export function assertWhole(name: string, count: number): void {
  if (!Number.isInteger(count) || count < 1)
    throw new Error(`Unexpected ${name} ${count}, expected a whole number above 0`)
}

/** Checks that each update has its own variable and gives it the right shape and dtype. */
export function assertUpdates({ updates }: Step): void {
  const seen = new Set<Node>()
  for (const [variable, next] of updates) {
    assertVariable('update', variable)
    assertNode(next, variable.name)
    if (!sameShape(variable.shape, next.shape) || variable.dtype !== next.dtype) {
      throw new Error(
        `Cannot update ${nodeText(variable)} of ${variable.dtype} by ${nodeText(next)} of ${next.dtype}, expected one shape and dtype`,
      )
    }
    if (seen.has(variable))
      throw new Error(`Cannot update ${nodeText(variable)} twice in a step, expected one update`)
    seen.add(variable)
  }
}
