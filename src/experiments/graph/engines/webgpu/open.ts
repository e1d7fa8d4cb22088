import type { InferenceSession } from 'onnxruntime-node'
import type { Engine } from '../../engine.ts'
import { Builder } from '../onnx/builder.ts'
import type { LoadRuntime, Runtime } from '../onnx/runtime.ts'
import { loadRuntime, versionOf } from '../onnx/runtime.ts'
import { adapterName } from './adapter-name.ts'
import { compileOn, compilerOn, WebGpuSession } from './session.ts'

interface Options {
  /** Imports onnxruntime-node, which may not be installed. */
  readonly load?: LoadRuntime
  readonly platform?: NodeJS.Platform
  /** Loads a shared library by its name, and throws if it cannot. */
  readonly loadLibrary?: (name: string) => void
}

/**
 * Opens the engine `webgpu`, an experiment: onnxruntime-node's provider of that name, which computes on a graphics
 * adapter. Variables stay on the adapter from step to step. Its device is the adapter's driver, on Linux.
 * @throws if onnxruntime-node does not load, or if there is no adapter
 */
export async function openWebGpu({
  load,
  platform = process.platform,
  loadLibrary = dlopen,
}: Options = {}): Promise<Engine> {
  const runtime = await loadRuntime(load)
  // Without the library, the provider would write a warning to the console before it fails.
  if (platform === 'linux') assertVulkan(loadLibrary)
  const keeper = await computeOnce(runtime, platform)
  const device = { runtime, keeper, compiled: compilerOn(runtime) }
  return {
    name: 'webgpu',
    version: versionOf(runtime),
    device: adapterName() ?? 'a graphics adapter',
    note: 'experimental, its results differ from those of onnx by rounding',
    open: () => new WebGpuSession(device),
  }
}

function assertVulkan(loadLibrary: (name: string) => void): void {
  try {
    loadLibrary('libvulkan.so.1')
  } catch (cause) {
    const { message } = cause as Error
    // It is no addon of Node, but it loads.
    if (message.includes('did not self-register')) return
    const loader = ', its Vulkan driver and libvulkan.so.1 (Debian: apt-get install libvulkan1)'
    throw noAdapter(message, cause, loader)
  }
}

function dlopen(name: string): void {
  process.dlopen({ exports: {} }, name)
}

/** Negates a number on the adapter, which fails here rather than in the midst of a training. */
async function computeOnce(runtime: Runtime, platform: NodeJS.Platform): Promise<InferenceSession> {
  const builder = new Builder()
  const port = { name: 'x', type: 'float32', shape: [1] } as const
  const output = builder.output(builder.add('Neg', ['x']))
  const graph = builder.whole([port], [{ ...port, name: output }])
  const session = await compileOn(runtime, { graph, onDevice: [] }).catch((cause: Error) => {
    const driver = platform === 'linux' ? ' and its Vulkan driver' : ' and its driver'
    throw noAdapter(/adapter: (.+)/.exec(cause.message)?.[1] ?? cause.message, cause, driver)
  })
  const outputs = await session.run({ x: new runtime.Tensor('float32', [1], [1]) })
  const found = outputs[output]!.data[0]
  if (found !== -1)
    throw new Error(`Cannot use the engine \`webgpu\`, expected -1 from its adapter, found ${found}`)
  return session
}

function noAdapter(reason: string, cause: unknown, more: string): Error {
  return new Error(`${reason}; it needs a graphics processor${more}`, { cause })
}
