import type { Node } from '../../node.ts'
import type { Builder } from './builder.ts'

/** Writes one node in ONNX; a name alone means a scale of 1. */
export type Rule = (node: Node, to: Lowerer) => Scaled | string

/** The lowered form of a node: the elements of `name`, each times `scale`. */
export interface Scaled {
  readonly name: string
  readonly scale: number
}

/** A node times a number that is equal for all its elements. */
export interface Factored {
  readonly node: Node
  readonly factor: number
}

/** The operations of the graph under construction that a rule may use. */
export interface Lowerer {
  readonly builder: Builder
  /** Number of rows that this graph sees. */
  readonly rows: number
  /** Gives the name of a node's elements. */
  name(node: Node): string
  scaled(node: Node): Scaled
  shape(node: Node): number[]
  /** Gives the value that all elements of a node share, if it is already known. */
  uniform(node: Node): number | undefined
  /** Gives a product of matrices, or a sum over rows, times `factor`; `plus` is added to it. */
  gemm(node: Node, factor?: number, plus?: { readonly node: Scaled; readonly factor: number }): Scaled
  /** Looks below uniform factors for a product that nothing else uses. */
  product(node: Node): Factored | undefined
}

/** Returns whether a node sums a matrix over its rows, which is a product with a row of ones on the left. */
export function isSumOfRows({ op, attrs, inputs }: Node): boolean {
  return op.type === 'ReduceSum' && inputs[0]!.shape.length === 2 && (attrs.axes as number[]).join() === '0'
}
