import type { InferenceSession, TensorConstructor } from 'onnxruntime-node'

/** The parts of onnxruntime-node that the engines `onnx` and `webgpu` use. */
export interface Runtime {
  readonly Tensor: TensorConstructor
  readonly InferenceSession: InferenceSessionFactory
  readonly env: { readonly versions: { readonly node?: string; readonly common: string } }
}

interface InferenceSessionFactory {
  create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>
}

/** Imports onnxruntime-node, which may not be installed. */
export type LoadRuntime = () => Promise<unknown>

/**
 * Loads onnxruntime-node.
 * @throws if the package is not installed or does not load
 */
export async function loadRuntime(load: LoadRuntime = () => import('onnxruntime-node')): Promise<Runtime> {
  // Its official libraries tell their makers of each model, and keep a number of the machine in the user's home.
  process.env.ORT_DISABLE_TELEMETRY ??= '1'
  const loaded = (await load()) as Runtime & { readonly default?: Runtime }
  return loaded.default ?? loaded
}

/** Gives the version of onnxruntime-node. */
export function versionOf({ env }: Runtime): string {
  return env.versions.node ?? env.versions.common
}
