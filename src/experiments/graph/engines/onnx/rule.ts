import type { Node } from '../../node.ts'
import type { Builder } from './builder.ts'

/** Writes one node in ONNX; a name alone has the scale 1. */
export type Rule = (node: Node, to: Lowerer) => Scaled | string

/** What stands for a node: the elements of `name`, each times `scale`. */
export interface Scaled {
  readonly name: string
  readonly scale: number
}

/** A node times a number that is equal for all its elements. */
export interface Factored {
  readonly node: Node
  readonly factor: number
}

/** What a rule asks of the graph that is being written. */
export interface Lowerer {
  readonly builder: Builder
  /** Rows that this graph sees. */
  readonly rows: number
  /** Gives the name of a node's elements. */
  name(node: Node): string
  scaled(node: Node): Scaled
  shape(node: Node): number[]
  /** Gives the number that all elements of a node are, if that is known now. */
  uniform(node: Node): number | undefined
  /** A product of matrices, or a sum over rows, times `factor`; with `plus`, that is added. */
  gemm(node: Node, factor?: number, plus?: { readonly node: Scaled; readonly factor: number }): Scaled
  /** Finds a product that nothing else uses below factors that are equal for all elements. */
  product(node: Node): Factored | undefined
}

/** Says whether a node sums a matrix over its rows: a product with ones from the left. */
export function isSumOfRows({ op, attrs, inputs }: Node): boolean {
  return op.type === 'ReduceSum' && inputs[0]!.shape.length === 2 && (attrs.axes as number[]).join() === '0'
}
