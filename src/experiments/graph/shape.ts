import type { Dimension, Node, Shape } from './node.ts'

/** Formats a shape: `[null, 784]`. */
export function shapeText(shape: Shape): string {
  return `[${shape.map(String).join(', ')}]`
}

/** Formats a node for messages: `` `logits` [null, 10] ``. */
export function nodeText({ name, shape }: Pick<Node, 'name' | 'shape'>): string {
  return `\`${name}\` ${shapeText(shape)}`
}

/** Says whether two shapes are equal; an unknown batch equals itself alone. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dimension, axis) => dimension === b[axis])
}

/** Gives the shape to which two shapes broadcast by NumPy's rule, or undefined. An unknown batch fits itself and 1. */
export function broadcastShape(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length)
  const shape: Dimension[] = []
  for (let axis = 0; axis < rank; axis++) {
    // Shapes are aligned at their last axis; missing axes count as 1.
    const left = a.length - rank + axis < 0 ? 1 : a[a.length - rank + axis]!
    const right = b.length - rank + axis < 0 ? 1 : b[b.length - rank + axis]!
    if (left !== right && left !== 1 && right !== 1) return undefined
    shape.push(left === 1 ? right : left)
  }
  return shape
}

/** Gives the axes, sorted, from 0; by default all of them. Negative axes count from the last. */
export function axesOf(name: string, x: Node, axis?: number | readonly number[]): number[] {
  const rank = x.shape.length
  const wanted = axis === undefined ? [...x.shape.keys()] : [axis].flat()
  const axes = wanted.map((each) => (each < 0 ? each + rank : each))
  for (const [index, each] of axes.entries()) {
    if (Number.isInteger(each) && each >= 0 && each < rank) continue
    if (rank === 0) throw new Error(`Cannot ${name} ${nodeText(x)}, expected no axis, found ${wanted[index]}`)
    throw new Error(
      `Cannot ${name} ${nodeText(x)}, expected an axis from ${-rank} to ${rank - 1}, found ${wanted[index]}`,
    )
  }
  return [...new Set(axes)].sort((a, b) => a - b)
}

/** Gives a shape without some axes, or with size 1 along them. */
export function reducedShape(shape: Shape, axes: readonly number[], keepDims: boolean): Shape {
  if (keepDims) return shape.map((dimension, axis) => (axes.includes(axis) ? 1 : dimension))
  return shape.filter((_, axis) => !axes.includes(axis))
}

/** Replaces the unknown dimension by the size of the batch. */
export function withBatch(shape: Shape, batch: number): number[] {
  return shape.map((dimension) => dimension ?? batch)
}

/** Throws if one of the nodes is not float32, which gradients need. */
export function assertFloat(name: string, ...nodes: readonly Node[]): void {
  for (const x of nodes) {
    if (x.dtype === 'float32') continue
    throw new Error(`Cannot ${name} ${nodeText(x)}, expected float32, found ${x.dtype}: cast it first`)
  }
}
