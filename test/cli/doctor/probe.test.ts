import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import test from 'node:test'
import { readEngineFacts } from '../../../src/cli/doctor/engine-facts.ts'
import { probeEngines } from '../../../src/cli/doctor/engines.ts'
import { probe } from '../../../src/cli/doctor/probe.ts'
import { jobEnvironment, taskEnvironment } from '../../../src/render/execute/workers.ts'
import { temporaryProject } from '../../render/execute/temporary-project.ts'

test('probe', async (t) => {
  await t.test('should give what the process of a probe found', async () => {
    assert.deepEqual(await probe('bundler', undefined as never), { ok: true, value: { version: '0.28.2' } })
  })

  await t.test(
    'should give the reason of a probe that fails, with the code of the error behind it',
    async () => {
      const found = await probe('engine', { name: 'abacus' })
      assert.match(found.ok ? '' : found.reason, /^Unexpected WEFT_ENGINE=abacus, expected onnx/)
    },
  )

  await t.test('should end a process that is too slow, and say how another one ended', async () => {
    const late = await probe('bundler', undefined as never, { timeoutMs: 1 })
    assert.deepEqual(late, { ok: false, reason: 'no answer within 0.001 s', isLost: true })
    const ended: number[] = []
    const env = { ...process.env, NODE_OPTIONS: '--no-such-option' }
    const gone = await probe('bundler', undefined as never, {
      env,
      onEnd: async (pid) => void ended.push(pid),
    })
    assert.match(gone.ok ? '' : gone.reason, /^its process ended with 9: .*--no-such-option is not allowed/)
    assert.equal(ended.length, 1)
  })
})

test('readEngineFacts should train one step, and refuse an engine that computes another weight', async () => {
  const { name, device } = await readEngineFacts({ name: 'tfjs' })
  assert.match(`${name} on ${device}`, /^tfjs-\S+ on /)
  const engine = { name: 'odd', version: '1', open: () => oddSession }
  await assert.rejects(
    readEngineFacts({ name: 'odd' }, async () => engine as never),
    {
      message: 'it computes wrong: expected the weight 0.5 after one step, found 7',
    },
  )
})

const oddSession = {
  train: async () => new Float32Array(1),
  read: async () => Float32Array.of(7),
  close: async () => {},
}

test('probeEngines should say of every engine of the list whether it trains', async () => {
  const found = await probeEngines()
  assert.deepEqual(
    found.slice(0, 2).map(({ entry, probed }) => [entry.name, probed.ok && probed.value.version]),
    [
      ['onnx', '1.30.0'],
      ['tfjs', '4.22.0'],
    ],
  )
})

test('onnxruntime should keep nothing in the home of a user, as it does when it reports to its makers', async (t) => {
  const home = temporaryProject(t, {})
  const { ORT_DISABLE_TELEMETRY: _, XDG_CACHE_HOME: __, ...env } = process.env
  const found = await probe('engine', { name: 'onnx' }, { env: { ...env, HOME: home } })
  assert.equal(found.ok, true)
  assert.deepEqual(readdirSync(home), ['package.json'])
  // A thread cannot change what native code reads, so the process of jobs is started with it.
  assert.deepEqual(taskEnvironment({ WEFT_DATA: '/data', LD_PRELOAD: 'x', ORT_DISABLE_TELEMETRY: '0' }), {
    WEFT_DATA: '/data',
    TZ: 'UTC',
    LC_ALL: 'C.UTF-8',
    ORT_DISABLE_TELEMETRY: '1',
  })
  // The drivers of an engine read more; cells get none of it.
  const drivers = {
    LD_LIBRARY_PATH: '/drivers',
    VK_ICD_FILENAMES: '/drivers/icd.json',
    CUDA_VISIBLE_DEVICES: '1',
  }
  const oneThread = {
    WEFT_THREADS: '1',
    TF_NUM_INTRAOP_THREADS: '1',
    TF_NUM_INTEROP_THREADS: '1',
    TF_CPP_MIN_LOG_LEVEL: '3',
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  }
  const wanted = { ...taskEnvironment({}), ...drivers, ...oneThread }
  assert.deepEqual(jobEnvironment({ ...drivers, LD_PRELOAD: 'x' }), wanted)
  assert.equal(jobEnvironment({ WEFT_THREADS: '3' }).TF_NUM_INTRAOP_THREADS, '3')
})
