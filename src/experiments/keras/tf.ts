import { getBackend, memory, ready, tensor, tidy, train } from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { startWasm } from '../graph/engines/tfjs/wasm.ts'
import type { Tf } from './types/tf.ts'

const { initializers, input, layers, model, regularizers, sequential } = tfl

// `satisfies` does not check `tidy`, because its own type must know the return type of its function.
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
 * Gives TensorFlow.js when its backend is ready, because models create their initial weights as they are built. It uses
 * the backend that is loaded (such as tfjs-node), else WebAssembly; `fit` trains on the context's engine in any case.
 */
export async function keras(): Promise<Tf> {
  if (getBackend()) await ready()
  else await startWasm()
  return tf as Tf
}
