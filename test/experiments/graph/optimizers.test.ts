import assert from 'node:assert/strict'
import test from 'node:test'
import type { Optimizer } from '../../../src/experiments/graph/index.ts'
import {
  adam,
  constant,
  gradientDescent,
  momentum,
  mul,
  placeholder,
  reduceSum,
  rmsProp,
  square,
  sub,
  variable,
} from '../../../src/experiments/graph/index.ts'
import { assertClose, float32Of, onBoth } from './check-op.ts'

const steps = 25
/** Relative tolerance of float32 against float64 after 25 steps. */
const stepsTolerance = 2e-4

const first = [1, -2, 0.5]
const curvature = [1, 4, 0.25]
const targets = Array.from({ length: steps }, (_, step) => Math.fround(Math.sin(step)))

/** Gives the next weights from the gradient of a step, counted from 1; keeps its state between calls. */
type Rule = (weights: readonly number[], gradient: readonly number[], step: number) => readonly number[]

const rules: Readonly<Record<string, readonly [optimizer: Optimizer, rule: () => Rule]>> = {
  gradientDescent: [
    gradientDescent({ learningRate: 0.03 }),
    () => (weights, gradient) => weights.map((each, at) => each - 0.03 * gradient[at]!),
  ],
  momentum: [momentum({ learningRate: 0.02, momentum: 0.8 }), () => withVelocity({ rate: 0.02, share: 0.8 })],
  'momentum by its default': [
    momentum({ learningRate: 0.01 }),
    () => withVelocity({ rate: 0.01, share: 0.9 }),
  ],
  'momentum of Nesterov': [
    momentum({ learningRate: 0.02, momentum: 0.8, nesterov: true }),
    () => withVelocity({ rate: 0.02, share: 0.8, isNesterov: true }),
  ],
  rmsProp: [
    rmsProp({ learningRate: 0.05, decay: 0.7, epsilon: 1e-3 }),
    () => withSquares({ rate: 0.05, decay: 0.7, epsilon: 1e-3 }),
  ],
  'rmsProp by its defaults': [
    rmsProp({ learningRate: 0.05 }),
    () => withSquares({ rate: 0.05, decay: 0.9, epsilon: 1e-7 }),
  ],
  adam: [
    adam({ learningRate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-3 }),
    () => withMoments({ rate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-3, place: 'corrected' }),
  ],
  'adam by its defaults': [
    adam(),
    () => withMoments({ rate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, place: 'corrected' }),
  ],
  'adam with epsilon before the correction': [
    adam({ learningRate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-1, epsilonMode: 'uncorrected' }),
    () => withMoments({ rate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-1, place: 'uncorrected' }),
  ],
  'adam without bias correction': [
    adam({ learningRate: 0.01, epsilon: 1e-2, biasCorrection: false }),
    () => withMoments({ rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-2, place: 'none' }),
  ],
}

for (const [name, [optimizer, rule]] of Object.entries(rules)) {
  test(name, async (t) => {
    await t.test(`should follow its formula for ${steps} steps`, () =>
      onBoth(async (session) => {
        const weights = variable('weights', float32Of({ shape: [3], data: first }))
        // Each step uses another row, so that the gradients change their signs.
        const target = placeholder('target', [null, 1])
        const off = sub(weights, target)
        const step = optimizer.minimize(reduceSum(mul(square(off), constant(curvature))))
        const data = { target: Float32Array.from(targets) }
        const [epoch] = await session.train(step, { data, batchSize: 1, epochs: 1 })
        assert.equal(epoch!.steps, steps)
        const wanted = reference(rule())
        const moved = (all: ArrayLike<number>) => Array.from(all, (each, at) => each - first[at]!)
        assertClose(moved((await session.read(weights)).data), moved(wanted), stepsTolerance, name)
      }),
    )
  })
}

test('learningRate', async (t) => {
  await t.test('should be fed if it is a placeholder', () =>
    onBoth(async (session) => {
      const optimizers = { gradientDescent, momentum, rmsProp, adam }
      for (const [name, make] of Object.entries(optimizers)) {
        const moved: number[] = []
        for (const rate of [0.01, 0.02]) {
          const weight = variable('weight', float32Of({ shape: [], data: [1] }))
          const step = make({ learningRate: placeholder('rate', []) }).minimize(
            reduceSum(square(sub(weight, placeholder('x', [null])))),
          )
          await session.train(step, { data: { x: [3, 4], rate }, epochs: 1 })
          moved.push((await session.read(weight)).data[0]! - 1)
        }
        assertClose([moved[1]! / moved[0]!], [2], stepsTolerance, name)
      }
    }),
  )
})

test('adam', async (t) => {
  // With g = 0.01: m' = sqrt(v') = 0.01, sqrt(v) = 0.01 sqrt(0.001). So 0.1 g / (g + 0.001), which is 1 / 11, and
  // 0.1 g / (g + 0.001 / sqrt(0.001)), which is 0.001 / (0.01 + sqrt(0.001)).
  const firstSteps = { corrected: 1 / 11, uncorrected: 0.024025304 } as const
  for (const [epsilonMode, wanted] of Object.entries(firstSteps)) {
    await t.test(`should make a first step of ${wanted} with epsilon ${epsilonMode}`, () =>
      onBoth(async (session) => {
        const weight = variable('weight', float32Of({ shape: [], data: [1] }))
        const mode = epsilonMode as keyof typeof firstSteps
        const step = adam({ learningRate: 0.1, epsilon: 1e-3, epsilonMode: mode }).minimize(
          reduceSum(mul(weight, placeholder('slope', [null]))),
        )
        await session.train(step, { data: { slope: [0.01] }, epochs: 1 })
        assertClose([1 - (await session.read(weight)).data[0]!], [wanted], 1e-5, epsilonMode)
      }),
    )
  }

  await t.test('should refuse another place for epsilon', () => {
    // @ts-expect-error: none of the two
    assert.throws(() => adam({ epsilonMode: 'keras' }), {
      message: 'Unexpected epsilonMode keras, expected corrected or uncorrected',
    })
  })

  await t.test('should keep its moments and powers in variables that are not trained', () => {
    const weights = variable('weights', float32Of({ shape: [3], data: first }))
    const { updates } = adam().minimize(reduceSum(square(weights)))
    assert.deepEqual(
      updates.map(([{ name, attrs }]) => [name, attrs.trainable]),
      [
        ['weights/m', false],
        ['weights/v', false],
        ['weights', true],
        ['adam/beta1Power', false],
        ['adam/beta2Power', false],
      ],
    )
  })
})

function reference(rule: Rule): readonly number[] {
  let weights: readonly number[] = first
  for (const [index, target] of targets.entries()) {
    const gradient = weights.map((each, at) => 2 * curvature[at]! * (each - target))
    weights = rule(weights, gradient, index + 1)
  }
  return weights
}

function withVelocity({
  rate,
  share,
  isNesterov = false,
}: {
  rate: number
  share: number
  isNesterov?: boolean
}): Rule {
  let velocity = first.map(() => 0)
  return (weights, gradient) => {
    velocity = velocity.map((each, at) => share * each + gradient[at]!)
    const direction = isNesterov ? velocity.map((each, at) => gradient[at]! + share * each) : velocity
    return weights.map((each, at) => each - rate * direction[at]!)
  }
}

function withSquares({ rate, decay, epsilon }: { rate: number; decay: number; epsilon: number }): Rule {
  let squares = first.map(() => 0)
  return (weights, gradient) => {
    squares = squares.map((each, at) => decay * each + (1 - decay) * gradient[at]! ** 2)
    return weights.map((each, at) => each - (rate * gradient[at]!) / Math.sqrt(squares[at]! + epsilon))
  }
}

function withMoments({
  rate,
  beta1,
  beta2,
  epsilon,
  place,
}: {
  rate: number
  beta1: number
  beta2: number
  epsilon: number
  place: 'corrected' | 'uncorrected' | 'none'
}): Rule {
  let [mean, variance] = [first.map(() => 0), first.map(() => 0)]
  return (weights, gradient, step) => {
    mean = mean.map((each, at) => beta1 * each + (1 - beta1) * gradient[at]!)
    variance = variance.map((each, at) => beta2 * each + (1 - beta2) * gradient[at]! ** 2)
    const [first, second] = place === 'none' ? [1, 1] : [1 - beta1 ** step, 1 - beta2 ** step]
    // Keras: learningRate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon).
    if (place === 'uncorrected') {
      const rateOfStep = (rate * Math.sqrt(second)) / first
      return weights.map((each, at) => each - (rateOfStep * mean[at]!) / (Math.sqrt(variance[at]!) + epsilon))
    }
    return weights.map(
      (each, at) => each - (rate * (mean[at]! / first)) / (Math.sqrt(variance[at]! / second) + epsilon),
    )
  }
}
