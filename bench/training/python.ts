import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from './worker.ts'

// A distribution's PyTorch belongs to its own Python, which a version manager hides.
const candidates = ['/usr/bin/python3', 'python3']
const folder = dirname(fileURLToPath(import.meta.url))

/**
 * Starts `<module>_peer.py` in the first Python that imports the module.
 * @throws where none does
 */
export function startPython(
  module: 'torch' | 'tensorflow' | 'numpy',
  threads: number,
  isPassive = false,
): Worker {
  const python = candidates.find((candidate) => canImport(candidate, module))
  if (!python) throw new Error(`no ${module} in ${candidates.join(' or ')}`)
  return new Worker(python, [join(folder, `${module}_peer.py`), String(threads)], {
    // BLAS libraries read these as they load, and not all of them ask the framework later.
    OMP_NUM_THREADS: String(threads),
    ...(isPassive ? { OMP_WAIT_POLICY: 'passive' } : {}),
    OPENBLAS_NUM_THREADS: String(threads),
    MKL_NUM_THREADS: String(threads),
    TF_CPP_MIN_LOG_LEVEL: '3',
    CUDA_VISIBLE_DEVICES: '',
    PYTHONDONTWRITEBYTECODE: '1',
  })
}

/** Looks it up without the seconds that importing it would take; what then fails to load tells why itself. */
function canImport(python: string, module: string): boolean {
  const program = `import importlib.util, sys; sys.exit(importlib.util.find_spec('${module}') is None)`
  return spawnSync(python, ['-c', program], { stdio: 'ignore' }).status === 0
}
