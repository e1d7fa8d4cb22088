import { defineExperiment } from 'weft/experiment'
import {
  add,
  gradientDescent,
  mul,
  openSession,
  placeholder,
  reduceMean,
  square,
  sub,
  variable,
  zeros,
} from 'weft/graph'
import { z } from 'zod'
import points from '../templates/study/data/anscombe.csv'

/** Fits a line to the first set by gradient descent. */
export const line = defineExperiment({
  name: 'line',
  params: z.strictObject({ epochs: z.int().positive() }),
  async run({ epochs }, { seed, engine }) {
    const own = points.filter(({ set }) => set === 'I')
    // Close to zero the steps for slope and intercept are of one size.
    const middle = own.reduce((sum, { x }) => sum + x, 0) / own.length
    const data = {
      x: {
        data: Float32Array.from(own, (point) => point.x - middle),
        shape: [own.length, 1],
        dtype: 'float32' as const,
      },
      y: {
        data: Float32Array.from(own, (point) => point.y),
        shape: [own.length, 1],
        dtype: 'float32' as const,
      },
    }
    const [x, y] = [placeholder('x', [null, 1]), placeholder('y', [null, 1])]
    const [slope, intercept] = [variable('slope', zeros([1])), variable('intercept', zeros([1]))]
    const loss = reduceMean(square(sub(add(mul(x, slope), intercept), y)))
    const step = gradientDescent({ learningRate: 0.04 }).minimize(loss)
    const session = openSession(engine)
    await session.train(step, { data, batchSize: own.length, epochs, shuffleSeed: seed })
    const found = await session.read(slope)
    await session.close()
    return { slope: found.data[0]! }
  },
})
