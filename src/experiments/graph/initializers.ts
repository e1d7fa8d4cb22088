import { seededRandom } from '../../statistics/random.ts'
import type { Value } from './node.ts'
import { value } from './node.ts'

/** Gives a value filled with zeros. */
export function zeros(shape: readonly number[]): Value {
  return filled(shape, 0)
}

/** Gives a value with equal elements. */
export function filled(shape: readonly number[], element: number): Value {
  return value(new Float32Array(sizeOf(shape)).fill(element), shape)
}

/**
 * Draws weights `[fanIn, fanOut]` uniformly from +-sqrt(6 / (fanIn + fanOut)) (X. Glorot, Y. Bengio, "Understanding
 * the difficulty of training deep feedforward neural networks", AISTATS 2010, eq. 16).
 */
export function glorotUniform(shape: readonly [number, number], seed: number, stream = 0): Value {
  const limit = Math.sqrt(6 / (shape[0] + shape[1]))
  const random = seededRandom(seed, stream)
  return value(
    Float32Array.from({ length: sizeOf(shape) }, () => random.uniform(-limit, limit)),
    shape,
  )
}

/**
 * Draws weights `[fanIn, fanOut]` from the normal distribution with variance 2 / fanIn, for ReLU layers (K. He et al.,
 * "Delving deep into rectifiers", ICCV 2015, eq. 10).
 */
export function heNormal(shape: readonly [number, number], seed: number, stream = 0): Value {
  const random = seededRandom(seed, stream)
  const deviation = Math.sqrt(2 / shape[0])
  return value(
    Float32Array.from({ length: sizeOf(shape) }, () => random.normal(0, deviation)),
    shape,
  )
}

/** Counts the elements of a shape. */
function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1)
}
