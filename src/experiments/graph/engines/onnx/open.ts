import type { Engine } from '../../engine.ts'
import type { Runtime } from './session.ts'
import { OnnxSession } from './session.ts'

/**
 * Opens the engine of onnxruntime-node, which turns graphs into ONNX programs that run many steps at a time.
 * Results do not depend on the number of threads.
 * @throws if the package is not installed or does not load
 */
export async function openOnnx({
  threads = 1,
  isAlone = true,
  load = () => import('onnxruntime-node'),
}: {
  readonly threads?: number
  /** Whether no other job computes at the same time; only then may threads be pinned to processors. */
  readonly isAlone?: boolean
  readonly load?: () => Promise<unknown>
} = {}): Promise<Engine> {
  const loaded = (await load()) as Runtime & { readonly default?: Runtime }
  const runtime = loaded.default ?? loaded
  return {
    name: 'onnx',
    version: runtime.env.versions.node ?? runtime.env.versions.common,
    threads,
    open: () => new OnnxSession(runtime, { threads, isAlone }),
  }
}
