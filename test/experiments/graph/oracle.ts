// A second, slow implementation of the operations, in float64 on plain arrays. The tests compare the engines with it.

/** An array with its shape, row-major. */
export interface Numbers {
  readonly shape: readonly number[]
  readonly data: readonly number[]
}

export function numbers(shape: readonly number[], at: (position: readonly number[]) => number): Numbers {
  return { shape, data: positions(shape).map(at) }
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1)
}

/** Gives the element at a position; repeats axes of size 1, and ignores leading axes that the array lacks. */
export function element({ shape, data }: Numbers, position: readonly number[]): number {
  const own = position.slice(position.length - shape.length)
  return data[shape.reduce((sum, size, axis) => sum * size + (size === 1 ? 0 : own[axis]!), 0)]!
}

export function positions(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (list, size) => list.flatMap((front) => Array.from({ length: size }, (_, each) => [...front, each])),
    [[]],
  )
}

export function map(x: Numbers, f: (element: number) => number): Numbers {
  return { shape: x.shape, data: x.data.map(f) }
}

export function zip(a: Numbers, b: Numbers, f: (left: number, right: number) => number): Numbers {
  const rank = Math.max(a.shape.length, b.shape.length)
  const size = (x: Numbers, axis: number) => x.shape[x.shape.length - rank + axis] ?? 1
  const shape = Array.from({ length: rank }, (_, axis) => Math.max(size(a, axis), size(b, axis)))
  return numbers(shape, (position) => f(element(a, position), element(b, position)))
}

export function matMul(
  a: Numbers,
  b: Numbers,
  { transposeA = false, transposeB = false }: { transposeA?: boolean; transposeB?: boolean } = {},
): Numbers {
  const [left, right] = [transposeA ? transpose(a) : a, transposeB ? transpose(b) : b]
  return numbers([left.shape[0]!, right.shape[1]!], ([row, column]) => {
    let sum = 0
    for (let k = 0; k < left.shape[1]!; k++) sum += element(left, [row!, k]) * element(right, [k, column!])
    return sum
  })
}

export function transpose(x: Numbers, order: readonly number[] = [...x.shape.keys()].reverse()): Numbers {
  return numbers(
    order.map((axis) => x.shape[axis]!),
    (position) =>
      element(
        x,
        x.shape.map((_, axis) => position[order.indexOf(axis)]!),
      ),
  )
}

export function reduce(
  x: Numbers,
  f: (elements: readonly number[]) => number,
  { axes = [...x.shape.keys()], keepDims = false }: { axes?: readonly number[]; keepDims?: boolean } = {},
): Numbers {
  const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
  const result = numbers(kept, (position) =>
    f(
      positions(x.shape.map((size, axis) => (axes.includes(axis) ? size : 1))).map((inner) =>
        element(
          x,
          inner.map((each, axis) => each + position[axis]!),
        ),
      ),
    ),
  )
  return keepDims ? result : { ...result, shape: x.shape.filter((_, axis) => !axes.includes(axis)) }
}

export const sum = (list: readonly number[]): number => list.reduce((total, each) => total + each, 0)
export const mean = (list: readonly number[]): number => sum(list) / list.length
export const greatest = (list: readonly number[]): number => Math.max(...list)

export function logSoftmax(x: Numbers): Numbers {
  const last = { axes: [x.shape.length - 1], keepDims: true }
  const shifted = zip(x, reduce(x, greatest, last), (each, most) => each - most)
  const total = reduce(shifted, (list) => Math.log(sum(list.map((each) => Math.exp(each)))), last)
  return zip(shifted, total, (each, log) => each - log)
}

export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

/** Gives the derivative of the sum of `f(inputs)` times `weights` by each element of an input: central differences. */
export function differences(
  f: (inputs: readonly Numbers[]) => Numbers,
  inputs: readonly Numbers[],
  { index, weights }: { index: number; weights: Numbers },
): number[] {
  const step = 1e-5
  const loss = (at: number, by: number) => {
    const { shape, data } = inputs[index]!
    const moved = { shape, data: data.map((each, place) => (place === at ? each + by : each)) }
    const output = f(inputs.map((each, place) => (place === index ? moved : each)))
    return sum(output.data.map((each, place) => each * weights.data[place]!))
  }
  return inputs[index]!.data.map((_, at) => (loss(at, step) - loss(at, -step)) / (2 * step))
}
