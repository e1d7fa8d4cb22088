import test from 'node:test'
import { isOfThird } from '../../turns.ts'
import { engineOf } from '../graph/engines/engine-of.ts'
import { loadableEngines } from '../graph/engines/loadable.ts'
import { assertSameResult } from './compare-results.ts'
import { smallExperiments } from './small-experiments.ts'

// The tests of operations, gradients, optimizers and models have all engines in mind; `npm test` runs them on those that
// are always there. Here the same tests run on the others.
const others = (await loadableEngines()).filter(({ name }) => name !== 'onnx' && name !== 'tfjs')
const loaded = others.filter(({ reason }) => reason === undefined).map(({ name }) => name)
process.env.WEFT_TEST_ENGINES = ['onnx', ...loaded].join(',')

for (const { name, reason } of others)
  test(`the engine ${name}`, { skip: reason }, async (t) => {
    const [engine, reference] = [await engineOf(name), await engineOf('onnx')]
    for (const [index, [title, experiment]] of Object.entries(smallExperiments).entries())
      if (isOfThird(index))
        await t.test(`should give the numbers of onnx: ${title}`, async () =>
          assertSameResult(await experiment(engine), await experiment(reference)),
        )
  })

if (loaded.length > 0 && isOfThird(0)) {
  await import('../graph/ops/elementwise.test.ts')
  await import('../graph/ops/mat-mul.test.ts')
  await import('../graph/ops/softmax.test.ts')
  await import('../graph/ops/batch-normalization.test.ts')
  await import('../graph/ops/dropout.test.ts')
}
if (loaded.length > 0 && isOfThird(1)) {
  await import('../graph/ops/reduce.test.ts')
  await import('../graph/ops/move.test.ts')
  await import('../graph/gradients.test.ts')
  await import('../graph/optimizers.test.ts')
  await import('../graph/engines/bytes.test.ts')
}
if (loaded.length > 0 && isOfThird(2)) {
  await import('../graph/train.test.ts')
  await import('../keras/fit.test.ts')
  await import('../keras/layers.test.ts')
  await import('../keras/loss.test.ts')
}
