import { getBackend, memory, ready, tensor, tidy, train } from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { startWasm } from '../graph/engines/tfjs/wasm.ts'
import type { Tf } from './types/tf.ts'

const { initializers, input, layers, model, regularizers, sequential } = tfl

// `tidy` is not checked here: its own type must know what its function returns.
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
} satisfies Omit<Tf, 'tidy'> & { readonly tidy: unknown }

/**
 * Gives TensorFlow.js once tensors can be made: models draw their first weights as they are built. Its backend is the
 * one that is there (tfjs-node, say), else WebAssembly; `fit` trains on the context's engine, whichever that is.
 */
export async function keras(): Promise<Tf> {
  if (getBackend()) await ready()
  else await startWasm()
  return tf as Tf
}
