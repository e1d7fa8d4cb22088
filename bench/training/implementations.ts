/** One way of training that takes part. */
export interface Implementation {
  readonly name: string
  readonly kind: 'onnx' | 'tfjs' | 'torch' | 'keras'
  /** Of arithmetic, in each process. */
  readonly threads: number
  /** That train at once, each a network of its own. */
  readonly processes: number
  /** Whether waiting threads of OpenMP sleep: where they spin, as they do by default, they take cores from others. */
  readonly isPassive?: boolean
}

// tfjs has no say in threads; in Node its WebAssembly runs on one.
export const implementations: readonly Implementation[] = [
  { name: 'onnx-2', kind: 'onnx', threads: 2, processes: 1 },
  { name: 'onnx-1', kind: 'onnx', threads: 1, processes: 1 },
  { name: 'onnx-1x2', kind: 'onnx', threads: 1, processes: 2 },
  { name: 'tfjs', kind: 'tfjs', threads: 1, processes: 1 },
  { name: 'torch-2', kind: 'torch', threads: 2, processes: 1 },
  { name: 'torch-2p', kind: 'torch', threads: 2, processes: 1, isPassive: true },
  { name: 'torch-1', kind: 'torch', threads: 1, processes: 1 },
  { name: 'torch-1x2', kind: 'torch', threads: 1, processes: 2 },
  { name: 'keras', kind: 'keras', threads: 2, processes: 1 },
]

/** Says whether Weft is measured by it. */
export function isPeer({ kind }: Implementation): boolean {
  return kind === 'torch' || kind === 'keras'
}
