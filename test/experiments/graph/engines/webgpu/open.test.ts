import assert from 'node:assert/strict'
import test from 'node:test'
import { openEngine } from '../../../../../src/experiments/graph/engines/index.ts'
import { openWebGpu } from '../../../../../src/experiments/graph/engines/webgpu/open.ts'
import { softwareAdapter } from '../software-adapter.ts'

const loads = () => {
  throw new Error("Module did not self-register: 'libvulkan.so.1'.")
}
const refused = new Error(
  'webgpu_context.cc:136 Initialize adapter_result.status == wgpu::RequestAdapterStatus::Success was false. Failed to get a WebGPU adapter: No supported adapters\n',
)

/** A stand-in for onnxruntime-node whose adapter gives an answer. */
function runtimeWith(create: () => Promise<unknown>) {
  class Tensor {}
  return () =>
    Promise.resolve({ Tensor, InferenceSession: { create }, env: { versions: { common: '1.2.3' } } })
}

test('openWebGpu', async (t) => {
  await t.test(
    'should say what it needs where the Vulkan loader is missing, without a call of the provider',
    () =>
      assert.rejects(
        openWebGpu({
          load: runtimeWith(() => assert.fail('called')),
          platform: 'linux',
          loadLibrary() {
            throw new Error('libvulkan.so.1: cannot open shared object file: No such file or directory')
          },
        }),
        {
          message:
            'libvulkan.so.1: cannot open shared object file: No such file or directory; it needs a graphics processor, its Vulkan driver and libvulkan.so.1 (Debian: apt-get install libvulkan1)',
        },
      ),
  )

  await t.test('should say so where there is no adapter', async () => {
    const options = { load: runtimeWith(() => Promise.reject(refused)), loadLibrary: loads }
    await assert.rejects(openWebGpu({ ...options, platform: 'linux' }), {
      message: 'No supported adapters; it needs a graphics processor and its Vulkan driver',
      cause: refused,
    })
    await assert.rejects(openWebGpu({ ...options, platform: 'win32' }), {
      message: 'No supported adapters; it needs a graphics processor and its driver',
    })
  })

  await t.test('should name the engine and what it needs if WEFT_ENGINE wants it', () =>
    assert.rejects(
      openEngine({
        env: { WEFT_ENGINE: 'webgpu' },
        load: { webgpu: () => Promise.reject(new Error('no such library\nand more')) },
      }),
      {
        message:
          'Cannot open the engine `webgpu`, expected onnxruntime-node and a graphics adapter to load: no such library',
      },
    ),
  )

  await t.test('should not use an adapter that computes wrongly', () => {
    const session = { run: () => Promise.resolve({ Neg_1: { data: [0] } }) }
    const load = runtimeWith(() => Promise.resolve(session))
    return assert.rejects(openWebGpu({ load, platform: 'darwin' }), {
      message: 'Cannot use the engine `webgpu`, expected -1 from its adapter, found 0',
    })
  })

  await t.test('should say that it is experimental, and name the adapter', async (test) => {
    const adapter = await softwareAdapter().catch((error: Error) => error)
    if (adapter instanceof Error) return test.skip(adapter.message)
    adapter.use()
    const engine = await openWebGpu()
    assert.match(engine.version, /^\d+\.\d+\.\d+$/)
    assert.equal(engine.device, 'libvk_swiftshader.so')
    assert.equal(engine.note, 'experimental, its results differ from those of onnx by rounding')
  })
})
