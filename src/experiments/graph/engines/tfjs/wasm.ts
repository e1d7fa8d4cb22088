import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'

/** Starts tfjs-core's WebAssembly backend from the files of the installed package, and gives its version. */
export async function startWasm(): Promise<string> {
  const { setWasmPaths, version_wasm: version } = await import('@tensorflow/tfjs-backend-wasm')
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
  if (tf.getBackend() !== 'wasm') {
    setWasmPaths(dirname(entry) + sep)
    if (!(await tf.setBackend('wasm')))
      throw new Error('Cannot open the engine `tfjs-wasm`, its start failed')
  }
  await tf.ready()
  return version
}
