import type { Engine } from '../../../../src/experiments/graph/engine.ts'
import { openEngine } from '../../../../src/experiments/graph/engines/index.ts'
import { softwareAdapter } from './software-adapter.ts'

// Its engine keeps the compiled shaders: all tests of a process share it.
let webGpu: Promise<Engine> | undefined

/** Opens an engine; for `webgpu`, SwiftShader is the adapter. */
export async function engineOf(name: string, threads = 1): Promise<Engine> {
  const { WEFT_TENSORFLOW } = process.env
  if (name !== 'webgpu')
    return openEngine({ env: { WEFT_TENSORFLOW, WEFT_ENGINE: name, WEFT_THREADS: String(threads) } })
  webGpu ??= openOnSoftware()
  return webGpu
}

async function openOnSoftware(): Promise<Engine> {
  const adapter = await softwareAdapter()
  adapter.use()
  return openEngine({ env: { WEFT_ENGINE: 'webgpu' } })
}
