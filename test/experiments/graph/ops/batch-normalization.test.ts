import assert from 'node:assert/strict'
import test from 'node:test'
import type { Node } from '../../../../src/experiments/graph/index.ts'
import {
  batchNormalization,
  filled,
  gradientDescent,
  mul,
  placeholder,
  reduceMean,
  square,
  variable,
} from '../../../../src/experiments/graph/index.ts'
import { assertClose, checkOp, float32Of, onBoth, random, valueTolerance } from '../check-op.ts'
import type { Numbers } from '../oracle.ts'
import { map, mean, reduce, zip } from '../oracle.ts'

const features = 4
const [momentum, epsilon] = [0.9, 1e-3]
const byColumn = { axes: [0] }

test('batchNormalization', async (t) => {
  await t.test('should use the batch statistics in training, with the gradient through its statistics', () =>
    onBoth(async (session) => {
      for (const rows of [null, 5]) {
        const one = {
          name: `batchNormalization [${rows}, ${features}]`,
          shapes: [[rows, features], [features], [features]],
          build: ([x, scale, offset]: readonly Node[]) =>
            batchNormalization(x!, { scale: scale!, offset: offset!, ...moving(), training: true, epsilon })
              .output,
          oracle: ([x, scale, offset]: readonly Numbers[]) => {
            const [average, variance] = statistics(x!)
            return normalized(x!, { average, variance, scale: scale!, offset: offset! })
          },
        }
        await checkOp(session, one, 3)
      }
    }),
  )

  await t.test('should use the moving statistics in inference, and update nothing', () =>
    onBoth(async (session) => {
      const average = random([features], 1)
      const variance = random([features], 2, [0.5, 3])
      const options = {
        mean: variable('mean', float32Of(average), { trainable: false }),
        variance: variable('variance', float32Of(variance), { trainable: false }),
        training: false,
        epsilon,
      }
      const build = ([x, scale, offset]: readonly Node[]) => {
        const { output, updates } = batchNormalization(x!, { scale: scale!, offset: offset!, ...options })
        assert.deepEqual(updates, [])
        return output
      }
      const oracle = ([x, scale, offset]: readonly Numbers[]) =>
        normalized(x!, { average, variance, scale: scale!, offset: offset! })
      for (const rows of [null, 5]) {
        const shapes = [[rows, features], [features], [features]]
        await checkOp(session, { name: `inference [${rows}, ${features}]`, shapes, build, oracle }, 3)
      }
    }),
  )

  await t.test(
    'should update the moving statistics in each step, and leave the other variables to the optimizer',
    () =>
      onBoth(async (session) => {
        const x = placeholder('x', [null, features])
        const { mean: movingMean, variance } = moving()
        const scale = variable('scale', filled([features], 1))
        const offset = variable('offset', filled([features], 0))
        const options = { scale, offset, mean: movingMean, variance, training: true, momentum, epsilon }
        const { output, updates } = batchNormalization(x, options)
        const loss = reduceMean(square(mul(output, 2)))
        const step = gradientDescent({ learningRate: 0.01 }).minimize(loss, { updates })
        const rows = random([6, features], 8)
        await session.train(step, { data: { x: float32Of(rows) }, epochs: 2 })
        const [average, spread] = statistics(rows)
        // m_1 = 0.9 m_0 + 0.1 b, m_2 = 0.9 m_1 + 0.1 b, from m_0 = 0 and v_0 = 1.
        const wanted = [map(average, (each) => 0.19 * each), map(spread, (each) => 0.81 + 0.19 * each)]
        assertClose((await session.read(movingMean)).data, wanted[0]!.data, valueTolerance, 'moving mean')
        assertClose((await session.read(variance)).data, wanted[1]!.data, valueTolerance, 'moving variance')
        assert.notDeepEqual((await session.read(scale)).data, new Float32Array(features).fill(1))
      }),
  )
})

function moving(): { mean: Node; variance: Node } {
  return {
    mean: variable('mean', filled([features], 0), { trainable: false }),
    variance: variable('variance', filled([features], 1), { trainable: false }),
  }
}

function statistics(x: Numbers): [average: Numbers, variance: Numbers] {
  const average = reduce(x, mean, byColumn)
  const variance = reduce(
    zip(x, average, (each, centre) => (each - centre) ** 2),
    mean,
    byColumn,
  )
  return [average, variance]
}

function normalized(
  x: Numbers,
  {
    average,
    variance,
    scale,
    offset,
  }: { average: Numbers; variance: Numbers; scale: Numbers; offset: Numbers },
): Numbers {
  const centred = zip(x, average, (each, centre) => each - centre)
  const whitened = zip(centred, variance, (each, spread) => each / Math.sqrt(spread + epsilon))
  const scaled = zip(whitened, scale, (each, factor) => each * factor)
  return zip(scaled, offset, (each, shift) => each + shift)
}
