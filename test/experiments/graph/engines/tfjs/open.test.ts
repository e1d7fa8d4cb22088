import assert from 'node:assert/strict'
import test from 'node:test'
import { Worker } from 'node:worker_threads'
import * as tf from '@tensorflow/tfjs-core'
import { openTfjs, supplyRemoved } from '../../../../../src/experiments/graph/engines/tfjs/open.ts'

const url = new URL('../../../../../src/experiments/graph/engines/tfjs/open.ts', import.meta.url).href
const absent = (name: string) =>
  Promise.reject(
    Object.assign(new Error(`Cannot find package '${name}' imported from x`), {
      code: 'ERR_MODULE_NOT_FOUND',
    }),
  )

test('supplyRemoved', () => {
  // As in Node 23, which tfjs-node does not know.
  const util: Record<string, (value: unknown) => boolean> = {}
  supplyRemoved(util)
  assert.deepEqual([null, undefined, 0, ''].map(util.isNullOrUndefined!), [true, true, false, false])
  assert.deepEqual([[], 'no'].map(util.isArray!), [true, false])
  const own = () => false
  const older = { isArray: own }
  supplyRemoved(older)
  assert.equal(older.isArray, own)
})

test('openTfjs', async (t) => {
  await t.test('should open WebAssembly if no native engine is installed, also twice', async () => {
    for (let time = 0; time < 2; time++) {
      const { name, version, note } = await openTfjs({ load: absent })
      assert.deepEqual([name, version, note], ['tfjs-wasm', tf.version_core, undefined])
    }
    assert.equal(tf.getBackend(), 'wasm')
    assert.deepEqual([...tf.tidy(() => tf.matMul([[1, 2]], [[3], [4]]).dataSync())], [11])
  })

  await t.test('should open in a worker thread, and print nothing', async () => {
    // Node 20 does not pass tsx on to a worker.
    const code = `import('tsx/esm/api').then(async ({ register }) => {
      register()
      const { openTfjs } = await import(${JSON.stringify(url)})
      const { name, version } = await openTfjs()
      require('node:worker_threads').parentPort.postMessage({ name, version })
    })`
    const worker = new Worker(code, { eval: true, stdout: true, stderr: true })
    const said: unknown[] = []
    worker.stdout.on('data', (chunk) => said.push(String(chunk)))
    worker.stderr.on('data', (chunk) => said.push(String(chunk)))
    const engine = await new Promise((resolve, reject) =>
      worker.once('message', resolve).once('error', reject),
    )
    const { name, version } = await openTfjs()
    assert.deepEqual(engine, { name, version })
    await worker.terminate()
    assert.deepEqual(said, [])
  })

  await t.test('should report a broken native engine', async () => {
    const load = (name: string) => Promise.reject(new Error(`${name}: no binding`))
    const message =
      'Cannot open the engine `@tensorflow/tfjs-node-gpu`, repair or remove that package: @tensorflow/tfjs-node-gpu: no binding'
    await assert.rejects(openTfjs({ load }), { message })
  })

  await t.test('should report a missing dependency of a native engine', async () => {
    await assert.rejects(
      openTfjs({ load: () => absent('some-dependency') }),
      /Cannot find package 'some-dependency'/,
    )
  })

  await t.test('should refuse a native engine of another tfjs-core', async () => {
    const load = async (name: string) =>
      name.endsWith('gpu') ? absent(name) : { version: { 'tfjs-node': '1.0.0' } }
    await assert.rejects(
      openTfjs({ load }),
      /Cannot use `@tensorflow\/tfjs-node`, expected it to serve @tensorflow\/tfjs-core 4/,
    )
  })
})
