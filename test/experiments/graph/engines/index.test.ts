import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import test from 'node:test'
import { Worker } from 'node:worker_threads'
import { openEngine } from 'weft/engine'
import { mul, openSession, placeholder } from '../../../../src/experiments/graph/index.ts'

const root = new URL('../../../../', import.meta.url)
const url = new URL('src/experiments/graph/engines/index.ts', root).href
const fails = () => Promise.reject(new Error('no such library\nand more'))
const readJson = async (path: string) => JSON.parse(await readFile(new URL(path, root), 'utf8'))

test('openEngine', async (t) => {
  await t.test('should open the engine that WEFT_ENGINE names', async () => {
    const [onnx, tfjs] = [
      await openEngine({ env: { WEFT_ENGINE: 'onnx' } }),
      await openEngine({ env: { WEFT_ENGINE: 'tfjs' } }),
    ]
    assert.deepEqual([onnx.name, onnx.threads, onnx.note], ['onnx', 1, undefined])
    assert.match(tfjs.name, /^tfjs-/)
    assert.equal(tfjs.note, undefined)
  })

  await t.test('should use onnxruntime-node here, with the threads of WEFT_THREADS', async () => {
    // This is not skipped if the package is missing, because on such a machine it must load.
    if (process.platform !== 'linux' || process.arch !== 'x64') return
    const { peerDependencies: dependencies } = await readJson('package.json')
    const engine = await openEngine({ env: { WEFT_THREADS: '2', WEFT_ENGINE: '' } })
    assert.deepEqual(
      [engine.name, engine.version, engine.threads, engine.note],
      ['onnx', dependencies['onnxruntime-node'], 2, undefined],
    )
    const session = openSession(engine)
    const x = placeholder('x', [null])
    assert.deepEqual((await session.run(mul(x, x), { x: [3] })).data, Float32Array.of(9))
    await session.close()
  })

  await t.test('should print nothing in a worker thread, which ends by itself', async () => {
    // Node 20 does not pass tsx on to a worker.
    const code = `import('tsx/esm/api').then(async ({ register }) => {
      register()
      const { openEngine } = await import(${JSON.stringify(url)})
      const { name } = await openEngine({ env: { WEFT_ENGINE: 'onnx' } })
      require('node:worker_threads').parentPort.postMessage(name)
    })`
    const worker = new Worker(code, { eval: true, stdout: true, stderr: true })
    const said: unknown[] = []
    worker.stdout.on('data', (chunk) => said.push(String(chunk)))
    worker.stderr.on('data', (chunk) => said.push(String(chunk)))
    worker.on('message', (message) => said.push(message))
    const ended = await new Promise((resolve, reject) => worker.once('exit', resolve).once('error', reject))
    assert.deepEqual([ended, said], [0, ['onnx']])
  })

  await t.test('should use tfjs if onnxruntime-node does not load, and note why', async () => {
    const engine = await openEngine({ env: {}, load: { onnx: fails } })
    assert.match(engine.name, /^tfjs-/)
    assert.equal(engine.note, 'onnxruntime-node does not load (no such library)')
    const session = openSession(engine)
    const x = placeholder('x', [null])
    assert.deepEqual((await session.run(mul(x, x), { x: [3] })).data, Float32Array.of(9))
    await session.close()
  })

  await t.test('should not use tfjs if WEFT_ENGINE names onnx', () =>
    assert.rejects(openEngine({ env: { WEFT_ENGINE: 'onnx' }, load: { onnx: fails } }), {
      message: 'Cannot open the engine `onnx`, expected onnxruntime-node to load: no such library',
    }),
  )

  await t.test('should not load onnxruntime-node if WEFT_ENGINE names tfjs', async () => {
    const load = { onnx: () => assert.fail('loaded') }
    assert.match((await openEngine({ env: { WEFT_ENGINE: 'tfjs' }, load })).name, /^tfjs-/)
  })

  await t.test('should say how to install an engine where there is none', async () => {
    const missing = Object.assign(new Error("Cannot find package '@tensorflow/tfjs-core'\nas imported"), {
      code: 'ERR_MODULE_NOT_FOUND',
    })
    const tfjs = () => Promise.reject(missing)
    const end = '@tensorflow/tfjs-core to be installed: run `npx weft add training`'
    await assert.rejects(openEngine({ env: {}, load: { onnx: fails, tfjs } }), {
      message: `Cannot open an engine, expected onnxruntime-node or ${end} (no such library; Cannot find package '@tensorflow/tfjs-core')`,
      cause: missing,
    })
    await assert.rejects(openEngine({ env: { WEFT_ENGINE: 'tfjs' }, load: { tfjs } }), {
      message: `Cannot open the engine \`tfjs\`, expected ${end} (Cannot find package '@tensorflow/tfjs-core')`,
    })
    const broken = new Error('broken')
    await assert.rejects(
      openEngine({ env: { WEFT_ENGINE: 'tfjs' }, load: { tfjs: () => Promise.reject(broken) } }),
      {
        message: 'Cannot open the engine `tfjs`, expected @tensorflow/tfjs-core to load: broken',
        cause: broken,
      },
    )
  })

  await t.test('should refuse other engines and numbers of threads', async () => {
    await assert.rejects(openEngine({ env: { WEFT_ENGINE: 'torch' } }), {
      message: 'Unexpected WEFT_ENGINE=torch, expected onnx, tfjs, tensorflow or webgpu',
    })
    for (const threads of ['0', '-1', '1.5', 'two', 'Infinity']) {
      await assert.rejects(openEngine({ env: { WEFT_THREADS: threads } }), {
        message: `Unexpected WEFT_THREADS=${threads}, expected a whole number above 0`,
      })
    }
  })
})

test('onnxruntime-node', async (t) => {
  await t.test('should be installed at the required version, with no script run', async () => {
    const { peerDependencies: dependencies, allowScripts } = await readJson('package.json')
    const { version, scripts } = await readJson('node_modules/onnxruntime-node/package.json')
    assert.equal(version, dependencies['onnxruntime-node'])
    // The package has a script that would download more; both npm's own switch and the package's turn it off.
    assert.ok(scripts.postinstall)
    assert.equal(allowScripts['onnxruntime-node'], false)
    const settings = (await readFile(new URL('.npmrc', root), 'utf8')).split('\n')
    assert.ok(settings.includes('onnxruntime-node-install=skip'))
  })
})
