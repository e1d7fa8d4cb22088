import { train as trainers } from '@tensorflow/tfjs-core'
import type { Tf } from '../../../src/experiments/keras/index.ts'
import { keras } from '../../../src/experiments/keras/index.ts'
import type { Samples } from '../../../src/experiments/keras/samples.ts'
import { seededRandom } from '../../../src/statistics/random.ts'

export const tf: Tf = await keras()

export type Layer = Parameters<ReturnType<Tf['sequential']>['add']>[0]
export type Model = ReturnType<Tf['sequential']>

export const inputs = 20
export const classes = 3

/** A batch size other than the default of `fit`. */
export const batchSize = 40

/** Draws points around one centre per class, close enough for the classes to overlap. */
export function samplesOf(count: number, seed = 1): { readonly x: Float32Array; readonly y: Uint8Array } {
  const centres = seededRandom(77)
  const centre = Array.from({ length: classes * inputs }, () => centres.normal(0, 0.5))
  const random = seededRandom(seed, 5)
  const y = Uint8Array.from({ length: count }, () => random.below(classes))
  const x = Float32Array.from({ length: count * inputs }, (_, at) => {
    const [row, column] = [Math.floor(at / inputs), at % inputs]
    return centre[y[row]! * inputs + column]! + random.normal()
  })
  return { x, y }
}

/** The same samples with two classes. */
export function binarySamplesOf(count: number, seed = 1): Samples {
  const { x, y } = samplesOf(count, seed)
  return { x, y: y.map((label) => (label > 0 ? 1 : 0)) }
}

/** The same samples with numbers as targets, two per row. */
export function numbersOf(count: number, seed = 1): Samples {
  const { x } = samplesOf(count, seed)
  const y = Float32Array.from({ length: count * 2 }, (_, at) => {
    const row = x.subarray(Math.floor(at / 2) * inputs)
    return at % 2 === 0 ? Math.tanh(row[0]! + row[1]!) : 0.5 * row[2]!
  })
  return { x, y }
}

interface DenseOptions {
  readonly units: number
  readonly seed: number
  readonly activation?: 'relu' | 'tanh' | 'elu' | 'softmax' | 'sigmoid' | 'linear' | 'softplus'
  readonly [setting: string]: unknown
}

/** Creates a dense layer whose initial weights are drawn by a seed. */
export function dense({ seed, ...settings }: DenseOptions): Layer {
  return tf.layers.dense({ kernelInitializer: tf.initializers.glorotUniform({ seed }), ...settings })
}

/** Creates a chain of layers on vectors of `inputs` elements. */
export function chain(layers: readonly Layer[]): Model {
  const model = tf.sequential()
  model.add(tf.layers.inputLayer({ inputShape: [inputs] }))
  for (const layer of layers) model.add(layer)
  return model
}

/** Creates a small classifier; equal seeds give equal weights. */
export function classifier({
  seed = 3,
  hidden = {} as object,
  between = [] as readonly Layer[],
} = {}): Model {
  return chain([
    dense({ units: 12, activation: 'relu', seed, ...hidden }),
    ...between,
    dense({ units: classes, activation: 'softmax', seed: seed + 1 }),
  ])
}

export const optimizers = {
  sgd: () => trainers.sgd(0.1),
  momentum: () => trainers.momentum(0.02, 0.9),
  nesterov: () => trainers.momentum(0.02, 0.9, true),
  rmsprop: () => trainers.rmsprop(0.005, 0.9, 0, 1e-7),
  adam: () => trainers.adam(0.01, 0.9, 0.999, 1e-7),
} as const

/** Gives all weights, in the order of the layers. */
export function weightsOf(model: Model): number[][] {
  return model.getWeights().map((each) => [...each.dataSync()])
}

/** Gives the largest difference between two lists. */
export function difference(one: readonly number[], other: readonly number[]): number {
  if (one.length !== other.length) return Number.POSITIVE_INFINITY
  return one.reduce((most, each, at) => Math.max(most, Math.abs(each - other[at]!)), 0)
}
