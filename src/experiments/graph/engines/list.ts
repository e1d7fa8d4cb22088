import type { Engine } from '../engine.ts'
import { openOnnx } from './onnx/session.ts'
import { openWebGpu } from './webgpu/open.ts'

/** What an engine is opened with. */
export interface OpenOptions {
  /** Number of threads for arithmetic. */
  readonly threads: number
  /** Whether no other job computes at the same time; only then may threads be pinned to processors. */
  readonly isAlone: boolean
  /** Variables to read. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Imports what the engine needs, in place of its own import. */
  readonly load?: () => Promise<unknown>
}

/** An engine that WEFT_ENGINE may name. */
export interface EngineEntry {
  readonly name: string
  /** What it needs, as messages name it. */
  readonly needs: string
  /** The command that brings it. */
  readonly install: string
  /** Whether it may be taken if WEFT_ENGINE names none: the first of these in the list that opens is. */
  readonly isAutomatic: boolean
  /** @throws if what it needs is missing or does not load */
  open(options: OpenOptions): Promise<Engine>
}

/** All engines, in the order in which they are tried. */
export const engines: readonly EngineEntry[] = [
  {
    name: 'onnx',
    needs: 'onnxruntime-node',
    install: 'npx weft add training',
    isAutomatic: true,
    open: openOnnx,
  },
  {
    name: 'tfjs',
    needs: '@tensorflow/tfjs-core',
    install: 'npx weft add training',
    isAutomatic: true,
    async open({ load = () => import('./tfjs/open.ts') }) {
      const { openTfjs } = (await load()) as { openTfjs(): Promise<Engine> }
      return await openTfjs()
    },
  },
  {
    name: 'tensorflow',
    needs: 'TensorFlow',
    // The command knows one platform; elsewhere the package fetches a library of its own.
    install:
      process.platform === 'linux' && process.arch === 'x64'
        ? 'npx weft engine install tensorflow'
        : 'npm install @tensorflow/tfjs-node',
    isAutomatic: false,
    open: async (options) => (await import('./tensorflow/open.ts')).openTensorflow(options),
  },
  {
    name: 'webgpu',
    needs: 'onnxruntime-node and a graphics adapter',
    install: 'npx weft add training',
    isAutomatic: false,
    open: openWebGpu,
  },
]
