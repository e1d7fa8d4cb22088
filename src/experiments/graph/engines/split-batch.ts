import type { Node } from '../node.ts'
import { inOrder } from '../node.ts'
import type { MatMulOptions } from '../ops/mat-mul.ts'

const rowSources = ['Placeholder', 'DropoutMask']
const alongLastAxis = ['Softmax', 'LogSoftmax']
const elementwise = [
  'Add',
  'Sub',
  'Mul',
  'Div',
  'Neg',
  'Abs',
  'Sign',
  'Exp',
  'Log',
  'Sqrt',
  'Square',
  'Relu',
  'Sigmoid',
  'Tanh',
  'Softplus',
  'Greater',
  'Equal',
  'Cast',
  'Identity',
  'BroadcastTo',
  'Reshape',
]

/**
 * Finds where a graph sums over the batch, so that it can be computed a few rows at a time. Gives the nodes whose value
 * is a sum over parts of the rows (or, for ReduceMean, that sum divided by the count). Everything before these nodes
 * is computed row by row, and everything after them once.
 * Gives undefined if a row depends on such a sum, as in batch normalization, or if rows mix in another way.
 */
export function splitBatch(roots: readonly Node[]): Node[] | undefined {
  const kinds = new Map<Node, 'row' | 'sum' | 'after' | 'whole'>()
  for (const node of inOrder(roots)) {
    const inputs = node.inputs.map((input) => kinds.get(input)!)
    const hasRows = inputs.includes('row')
    if (node.op.type === 'Size') kinds.set(node, 'whole')
    else if (rowSources.includes(node.op.type)) kinds.set(node, node.shape[0] === null ? 'row' : 'whole')
    else if (!hasRows && inputs.some((kind) => kind === 'sum' || kind === 'after')) kinds.set(node, 'after')
    else if (!hasRows && !node.shape.includes(null)) kinds.set(node, 'whole')
    // A value that is repeated for each row counts as rows, so that its sums are sums over the batch.
    else if (!hasRows && isRows(node)) kinds.set(node, 'row')
    else if (inputs.some((kind) => kind === 'sum' || kind === 'after')) return undefined
    else if (isSumOverRows(node, inputs)) kinds.set(node, 'sum')
    else if (isByRow(node, inputs)) kinds.set(node, 'row')
    else return undefined
  }
  if (roots.some((root) => kinds.get(root) === 'row')) return undefined
  return [...kinds].filter(([, kind]) => kind === 'sum').map(([node]) => node)
}

/** Says whether a node sums over the rows of the batch. */
function isSumOverRows({ op, attrs, shape }: Node, inputs: readonly string[]): boolean {
  if (shape.includes(null)) return false
  if (op.type === 'ReduceSum' || op.type === 'ReduceMean') return (attrs.axes as number[]).includes(0)
  const { transposeA, transposeB } = attrs as MatMulOptions
  return (
    op.type === 'MatMul' && inputs[0] === 'row' && inputs[1] === 'row' && transposeA === true && !transposeB
  )
}

/** Says whether each row of a node depends on the same row of its inputs alone. */
function isByRow({ op, attrs, inputs, shape }: Node, kinds: readonly string[]): boolean {
  if (!isRows({ shape })) return false
  const { type } = op
  if (elementwise.includes(type)) return true
  if (alongLastAxis.includes(type)) return shape.length > 1
  if (type === 'MatMul') return kinds[0] === 'row' && kinds[1] === 'whole' && !attrs.transposeA
  if (type === 'ReduceSum' || type === 'ReduceMean' || type === 'ReduceMax')
    return !(attrs.axes as number[]).includes(0)
  if (type === 'ArgMax' || type === 'Concat') return attrs.axis !== 0
  if (type === 'OneHot') return true
  if (type === 'Slice' || type === 'Pad') return inputs[0]!.shape[0] === null
  if (type === 'Gather') return kinds[0] === 'whole'
  return type === 'Transpose' && (attrs.order as number[])[0] === 0
}

// If another axis has the batch size too, each row would meet all others.
function isRows({ shape }: Pick<Node, 'shape'>): boolean {
  return shape.lastIndexOf(null) === 0
}
