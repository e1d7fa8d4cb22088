import test from 'node:test'
import { engineOf } from '../graph/engines/engine-of.ts'
import { loadableEngines } from '../graph/engines/loadable.ts'
import { assertSameResult } from './compare-results.ts'
import { smallExperiments } from './small-experiments.ts'

// The long test adds `webgpu`, for which SwiftShader compiles shaders for many seconds.
test('Parts A to C on each engine that loads', async (t) => {
  const reference = await engineOf('onnx')
  const others = (await loadableEngines()).filter(({ name }) => name !== 'onnx' && name !== 'webgpu')
  for (const [name, experiment] of Object.entries(smallExperiments)) {
    const wanted = await experiment(reference)
    for (const { name: engine, reason } of others)
      await t.test(`should give the numbers of onnx: ${name}, on ${engine}`, { skip: reason }, async () =>
        assertSameResult(await experiment(await engineOf(engine)), wanted),
      )
  }
})
