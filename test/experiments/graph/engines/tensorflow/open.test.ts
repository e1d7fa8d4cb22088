import assert from 'node:assert/strict'
import test from 'node:test'
import { engines, openEngine } from '../../../../../src/experiments/graph/engines/index.ts'
import { FakeBinding } from './fake-binding.ts'

const names = ['TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS', 'TF_CPP_MIN_LOG_LEVEL'] as const

test('openTensorflow', async (t) => {
  const before = names.map((name) => [name, process.env[name]] as const)
  t.afterEach(() => {
    for (const [name, text] of before) {
      if (text === undefined) delete process.env[name]
      else process.env[name] = text
    }
  })
  const open = (binding: FakeBinding, threads = '3') =>
    openEngine({
      env: { WEFT_ENGINE: 'tensorflow', WEFT_THREADS: threads },
      load: { tensorflow: async () => binding },
    })

  await t.test("should tell the library its threads, and give the library's version", async () => {
    for (const name of names) delete process.env[name]
    const engine = await open(new FakeBinding(() => []))
    assert.deepEqual(
      [engine.name, engine.version, engine.threads, engine.device],
      ['tensorflow', '9.9.9', 3, undefined],
    )
    assert.deepEqual(
      names.map((name) => process.env[name]),
      ['3', '1', '3'],
    )
  })

  await t.test('should give the threads that are in effect, and name a GPU', async () => {
    process.env.TF_NUM_INTRAOP_THREADS = '2'
    const binding = new FakeBinding(() => [])
    binding.isUsingGpuDevice = () => true
    const { threads, device } = await open(binding)
    assert.deepEqual([threads, device], [2, 'a GPU by CUDA'])
  })

  await t.test('should say how to install it', async () => {
    const env = { WEFT_ENGINE: 'tensorflow', WEFT_TENSORFLOW: '/nowhere' }
    const { install } = engines.find(({ name }) => name === 'tensorflow')!
    await assert.rejects(openEngine({ env }), {
      message: `Cannot open the engine \`tensorflow\`, expected TensorFlow to be installed: run \`${install}\` (none in /nowhere)`,
    })
    const isOwn = process.platform === 'linux' && process.arch === 'x64'
    assert.equal(install, isOwn ? 'npx weft engine install tensorflow' : 'npm install @tensorflow/tfjs-node')
  })
})
