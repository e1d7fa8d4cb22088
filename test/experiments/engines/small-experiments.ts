import type { Context, Measured } from 'weft/experiment'
import type { Engine } from '../../../src/experiments/graph/engine.ts'
import { binary } from '../../../src/experiments/part-a/binary.ts'
import { tenClass } from '../../../src/experiments/part-a/ten-class.ts'
import { agreement } from '../../../src/experiments/part-b/agreement.ts'
import { network } from '../../../src/experiments/part-b/network.ts'
import { biasCorrection } from '../../../src/experiments/part-c/bias-correction.ts'
import { descents } from '../../../src/experiments/part-c/descents.ts'
import { learningRates } from '../../../src/experiments/part-c/learning-rates.ts'
import { optimizerNames } from '../../../src/experiments/part-c/named-optimizer.ts'
import { normModes } from '../../../src/experiments/part-c/norm-modes.ts'
import '../data/draw-once.ts'

/** Runs an experiment of the shipped study at small size on an engine. */
export type SmallExperiment = (engine: Engine) => Promise<unknown>

interface Definition<Params> {
  readonly params: { parse(value: unknown): Params }
  run(params: Params, context: Context<Measured>): Promise<unknown> | unknown
}

const garments = { data: 'stand-in-garments', images: 200, validation: 100, batchSize: 50 } as const
const rates = { gradientDescent: 0.1, momentum: 0.02, rmsProp: 0.002, adam: 0.002 }

/** Parts A to C by their names. */
export const smallExperiments: Readonly<Record<string, SmallExperiment>> = {
  'A: binary': small(binary, {
    data: 'stand-in-garments',
    validation: 100,
    hidden: 12,
    epochs: 2,
    batchSize: 100,
  }),
  'A: ten classes': small(tenClass, { ...garments, hidden: [16, 12], epochs: 2, learningRate: 0.1 }),
  'A: ten classes, full batch': small(tenClass, {
    ...garments,
    batchSize: null,
    hidden: [16, 12],
    epochs: 2,
  }),
  'B: network': small(network, {
    ...{ data: 'stand-in-letters', images: 200, batchSize: 50, epochs: 2 },
    ...{ hidden: [24, 16], dropout: 0.2, l1: 1e-5, l2: 1e-4 },
  }),
  'B: agreement': small(agreement, { data: 'stand-in-letters', hidden: [20, 12], steps: 6 }),
  ...Object.fromEntries(
    optimizerNames.map((optimizer) => [
      `C: ${optimizer}`,
      small(learningRates, {
        ...garments,
        hidden: [16, 12],
        epochs: 2,
        optimizer,
        rates: [rates[optimizer]],
      }),
    ]),
  ),
  'C: bias correction': small(biasCorrection, { ...garments, hidden: [16], betas: [0.999] }),
  'C: descents': small(descents, { surface: 'curved', optimizer: 'adam', rates: [0.1], most: 20 }),
  'C: batch normalization': small(normModes, {
    ...garments,
    ...{ depth: 3, units: 12, epochs: 2, learningRate: 0.05, evaluated: [2, 50] },
  }),
}

function small<Params>({ params, run }: Definition<Params>, input: unknown): SmallExperiment {
  return async (engine) => {
    const { signal } = new AbortController()
    return run(params.parse(input), { seed: 1, engine, signal, progress() {}, measure() {} })
  }
}
