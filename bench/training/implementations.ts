/** One of the compared ways of training. */
export interface Implementation {
  readonly name: string
  /** An engine as WEFT_ENGINE names it, or a peer. */
  readonly kind: 'onnx' | 'tfjs' | 'tensorflow' | 'webgpu' | 'torch' | 'keras'
  /** Threads of arithmetic in each process. */
  readonly threads: number
  /** Processes that train at the same time, each its own network. */
  readonly processes: number
  /** Whether waiting threads of OpenMP sleep. By default they spin, which takes cores from others. */
  readonly isPassive?: boolean
}

// tfjs cannot set the number of threads; its WebAssembly runs on one in Node. What does not load is skipped.
export const implementations: readonly Implementation[] = [
  { name: 'onnx-2', kind: 'onnx', threads: 2, processes: 1 },
  { name: 'onnx-1', kind: 'onnx', threads: 1, processes: 1 },
  { name: 'onnx-1x2', kind: 'onnx', threads: 1, processes: 2 },
  { name: 'tfjs', kind: 'tfjs', threads: 1, processes: 1 },
  { name: 'tensorflow-2', kind: 'tensorflow', threads: 2, processes: 1 },
  { name: 'tensorflow-1', kind: 'tensorflow', threads: 1, processes: 1 },
  { name: 'webgpu', kind: 'webgpu', threads: 1, processes: 1 },
  { name: 'torch-2', kind: 'torch', threads: 2, processes: 1 },
  { name: 'torch-2p', kind: 'torch', threads: 2, processes: 1, isPassive: true },
  { name: 'torch-1', kind: 'torch', threads: 1, processes: 1 },
  { name: 'torch-1x2', kind: 'torch', threads: 1, processes: 2 },
  { name: 'keras', kind: 'keras', threads: 2, processes: 1 },
]

/** Says whether this is a peer, with which Weft is compared. */
export function isPeer({ kind }: Implementation): boolean {
  return kind === 'torch' || kind === 'keras'
}
