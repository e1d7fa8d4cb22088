import type { InferenceSession, TensorConstructor } from 'onnxruntime-node'

/** What this engine needs of onnxruntime-node. */
export interface Runtime {
  readonly Tensor: TensorConstructor
  readonly InferenceSession: InferenceSessionFactory
  readonly env: { readonly versions: { readonly node?: string; readonly common: string } }
}

interface InferenceSessionFactory {
  create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>
}
