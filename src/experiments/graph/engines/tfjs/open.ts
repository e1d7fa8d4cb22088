import { createRequire } from 'node:module'
import * as tf from '@tensorflow/tfjs-core'
import type { Engine } from '../../engine.ts'
import { TfjsSession } from './session.ts'
import { startWasm } from './wasm.ts'

interface Options {
  /** Imports a package that may not be installed. */
  readonly load?: (name: string) => Promise<unknown>
}

/**
 * Opens the engine of tfjs-core for this thread: @tensorflow/tfjs-node-gpu or @tensorflow/tfjs-node if one is
 * installed, else WebAssembly. It prints nothing, and may be called more than once.
 * @throws if an installed engine does not work; a slower engine never replaces it silently
 */
export async function openTfjs({ load = (name) => import(name) }: Options = {}): Promise<Engine> {
  supplyRemoved(createRequire(import.meta.url)('node:util'))
  for (const name of ['tfjs-node-gpu', 'tfjs-node']) {
    const version = await openNative(`@tensorflow/${name}`, load)
    if (version) return engine(name, version)
  }
  return engine('tfjs-wasm', await startWasm())
}

/** Supplies what tfjs-node calls of `node:util` and Node 23 has removed. */
export function supplyRemoved(util: Record<string, unknown>): void {
  util.isArray ??= Array.isArray
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined
}

/** Gives an engine of TensorFlow.js. */
function engine(name: string, version: string): Engine {
  return { name, version, open: () => new TfjsSession() }
}

/** Gives the version of a native engine, or undefined if it is not installed. */
async function openNative(
  name: string,
  load: (name: string) => Promise<unknown>,
): Promise<string | undefined> {
  const native = await loadInstalled(name, load)
  if (!native) return undefined
  if (!tf.findBackend('tensorflow') || !(await tf.setBackend('tensorflow'))) {
    throw new Error(
      `Cannot use \`${name}\`, expected it to serve @tensorflow/tfjs-core ${tf.version_core}: install the same version of both`,
    )
  }
  await tf.ready()
  const { version, default: whole } = native as Native
  const versions = version ?? whole?.version
  return versions?.[name.slice('@tensorflow/'.length)] ?? versions?.['tfjs-node'] ?? 'unknown'
}

interface Native {
  readonly version?: Readonly<Record<string, string>>
  readonly default?: Native
}

/** Loads a package; undefined if it is not installed. */
async function loadInstalled(name: string, load: (name: string) => Promise<unknown>): Promise<unknown> {
  try {
    return await load(name)
  } catch (cause) {
    const { code, message = '' } = cause as { code?: string; message?: string }
    // Only the message says which package is missing: this one, or one of its dependencies.
    if (code === 'ERR_MODULE_NOT_FOUND' && message.includes(`'${name}'`)) return undefined
    throw new Error(`Cannot open the engine \`${name}\`, repair or remove that package: ${message}`, {
      cause,
    })
  }
}
