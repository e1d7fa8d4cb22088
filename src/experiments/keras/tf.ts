import { getBackend, memory, ready, tensor, tidy, train } from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { startWasm } from '../graph/engines/tfjs/wasm.ts'

const { initializers, input, layers, model, regularizers, sequential } = tfl

/** What models are written with: the Layers API of TensorFlow.js, its optimizers, and tensors to look at them. */
const tf = {
  initializers,
  input,
  layers,
  memory,
  model,
  regularizers,
  sequential,
  tensor,
  tidy,
  train,
} as const

export type Tf = typeof tf

/**
 * Gives TensorFlow.js once tensors can be made: models draw their first weights as they are built. Its backend is the
 * one that is there (tfjs-node, say), else WebAssembly; `fit` trains on the context's engine, whichever that is.
 */
export async function keras(): Promise<Tf> {
  if (getBackend()) await ready()
  else await startWasm()
  return tf
}
