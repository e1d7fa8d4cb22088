import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pythonWith } from '../python-with.ts'
import { Worker } from './worker.ts'

const folder = dirname(fileURLToPath(import.meta.url))

/**
 * Starts `<module>_peer.py` in the first Python that imports the module.
 * @throws if none does
 */
export function startPython(
  module: 'torch' | 'tensorflow' | 'numpy',
  threads: number,
  isPassive = false,
): Worker {
  return new Worker(pythonWith(module), [join(folder, `${module}_peer.py`), String(threads)], {
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
