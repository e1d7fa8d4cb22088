import { isMainThread } from 'node:worker_threads'
import type { Engine } from '../../engine.ts'
import type { Binding } from './binding.ts'
import { bindingPaths, loadBinding } from './load-binding.ts'
import { programsOf, TensorflowSession } from './session.ts'

interface Options {
  /** Number of threads for arithmetic. */
  readonly threads: number
  readonly env: Readonly<Record<string, string | undefined>>
  /** Gives a binding, in place of the one that is installed. */
  readonly load?: () => Promise<unknown>
}

/**
 * Opens the engine of TensorFlow's own library, by the binding of @tensorflow/tfjs-node. It runs whole training steps,
 * many at a time, as one program.
 * @throws with the code ERR_MODULE_NOT_FOUND if there is no binding, or if it does not load
 */
export async function openTensorflow({ threads, env, load }: Options): Promise<Engine> {
  // The library reads the environment of the process once. A worker thread has only a copy of it.
  const wanted = environmentOf(threads)
  if (isMainThread)
    for (const [name, value] of Object.entries(wanted)) process.env[name] = process.env[name] ?? value
  const binding = load ? ((await load()) as Binding) : loadBinding(bindingPaths(env))
  const programs = programsOf(binding)
  const inEffect = Number(process.env.TF_NUM_INTRAOP_THREADS)
  return {
    name: 'tensorflow',
    version: binding.TF_Version,
    ...(inEffect > 0 ? { threads: inEffect } : {}),
    ...(binding.isUsingGpuDevice() ? { device: 'a GPU by CUDA' } : {}),
    open: () => new TensorflowSession(binding, programs),
  }
}

/** Gives the variables by which TensorFlow limits its threads and its messages, and shares a GPU. */
function environmentOf(threads: number): Readonly<Record<string, string>> {
  return {
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: '1',
    TF_CPP_MIN_LOG_LEVEL: '3',
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  }
}
