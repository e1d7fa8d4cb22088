import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import test from 'node:test'
import {
  programsOf,
  TensorflowSession,
} from '../../../../../src/experiments/graph/engines/tensorflow/session.ts'
import type { Data } from '../../../../../src/experiments/graph/index.ts'
import {
  gradientDescent,
  mul,
  openSession,
  placeholder,
  reduceMean,
  value,
  variable,
} from '../../../../../src/experiments/graph/index.ts'
import { FakeBinding } from './fake-binding.ts'

const opened = (answer: (outputs: number) => readonly Data[]) => {
  const binding = new FakeBinding(answer)
  const programs = programsOf(binding)
  const engine = { name: 'fake', version: '1', open: () => new TensorflowSession(binding, programs) }
  return { binding, session: openSession(engine), engine }
}
const programFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('weft-program-')).length

test('TensorflowSession', async (t) => {
  await t.test('should give what a program answers, and free all but its variables', async () => {
    const { binding, session } = opened(() => [Float32Array.of(6, 8)])
    const w = variable('w', value(Float32Array.of(2), [1]))
    const x = placeholder('x', [null])
    const product = mul(x, w)
    const result = await session.run(product, { x: [3, 4] })
    assert.deepEqual([...result.data], [6, 8])
    assert.deepEqual(binding.runs[0]!.inputs.map(({ data }) => [...data]).sort(), [[2], [3, 4]])
    assert.equal(binding.tensors.size, 1)
    await session.run(product, { x: [3, 4] })
    assert.equal(binding.programs.size, 1)
    await session.close()
    assert.equal(binding.tensors.size, 0)
  })

  await t.test('should load a program once for all sessions of the engine', async () => {
    const { binding, session, engine } = opened(() => [Float32Array.of(6)])
    const double = () => mul(placeholder('x', [null]), 2)
    await session.run(double(), { x: [3] })
    await session.close()
    const next = openSession(engine)
    await next.run(double(), { x: [3] })
    assert.equal(binding.programs.size, 1)
    await next.close()
  })

  await t.test('should run all steps of a piece at once, on rows in their order', async () => {
    const { binding, session } = opened(() => [Float32Array.of(9), Float32Array.of(1, 2)])
    const w = variable('w', value(Float32Array.of(2), [1]))
    const loss = reduceMean(mul(placeholder('x', [null]), w))
    const step = gradientDescent({ learningRate: 0.1 }).minimize(loss)
    const options = { data: { x: [1, 2, 3, 4] }, batchSize: 2, epochs: 1, shuffleSeed: 1 }
    const [epoch] = await session.train(step, options)
    assert.equal(epoch!.loss, 1.5)
    const { inputs } = binding.runs[0]!
    const rows = inputs.find(({ data }) => data.length === 4)!.data
    assert.deepEqual([...rows].sort(), [1, 2, 3, 4])
    assert.notDeepEqual([...rows], [1, 2, 3, 4])
    // The number of steps is the last input.
    assert.deepEqual([...inputs.at(-1)!.data], [2])
    assert.deepEqual([...(await session.read(w)).data], [9])
    await session.close()
    assert.equal(binding.tensors.size, 0)
  })

  await t.test('should give bytes back as bytes', async () => {
    const { binding, session } = opened(() => [])
    const bytes = variable('bytes', value(Uint8Array.of(1, 2), [2]))
    session.write(bytes, value(Uint8Array.of(3, 4), [2]))
    assert.deepEqual((await session.read(bytes)).data, Uint8Array.of(3, 4))
    assert.ok([...binding.tensors.values()].every(({ data }) => data instanceof Int32Array))
    await session.close()
  })

  await t.test('should keep a limited number of programs, and no file of them', async () => {
    const before = programFolders()
    const { binding, session } = opened(() => [Float32Array.of(1)])
    const x = placeholder('x', [null])
    for (let factor = 2; factor < 40; factor++) await session.run(mul(x, factor), { x: [1] })
    assert.equal(binding.programs.size, 24)
    assert.equal(programFolders(), before)
    await session.close()
  })

  await t.test('should free the feeds of a program that fails', async () => {
    const { binding, session } = opened(() => {
      throw new Error('Session fail to run with error: no')
    })
    await assert.rejects(session.run(mul(placeholder('x', [null]), 2), { x: [1] }), /fail to run/)
    assert.equal(binding.tensors.size, 0)
    await session.close()
  })
})
