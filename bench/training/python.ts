import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pythonWith } from '../python-with.ts'
import { Worker } from './worker.ts'

const folder = dirname(fileURLToPath(import.meta.url))

interface StartOptions {
  /** Whether waiting threads of OpenMP sleep. */
  readonly isPassive?: boolean
  /** A Python that imports the module; by default the first one found. */
  readonly python?: string
}

/**
 * Starts `<module>_peer.py` in the first Python that imports the module.
 * @throws if none does
 */
export function startPython(
  module: 'torch' | 'tensorflow' | 'numpy',
  threads: number,
  { isPassive = false, python = pythonWith(module) }: StartOptions = {},
): Worker {
  return new Worker(python, [join(folder, `${module}_peer.py`), String(threads)], {
    // BLAS libraries read these when they load, and not all follow the framework's setting later.
    OMP_NUM_THREADS: String(threads),
    ...(isPassive ? { OMP_WAIT_POLICY: 'passive' } : {}),
    OPENBLAS_NUM_THREADS: String(threads),
    MKL_NUM_THREADS: String(threads),
    TF_CPP_MIN_LOG_LEVEL: '3',
    CUDA_VISIBLE_DEVICES: '',
    PYTHONDONTWRITEBYTECODE: '1',
  })
}
