import { spawnSync } from 'node:child_process'

// A distribution's packages belong to its own Python, which a version manager hides.
const candidates = ['/usr/bin/python3', 'python3']

/**
 * Gives the first Python that has some modules.
 * @throws where none has them all
 */
export function pythonWith(...modules: readonly string[]): string {
  const python = candidates.find((candidate) => modules.every((module) => canImport(candidate, module)))
  if (!python) throw new Error(`no ${modules.join(' and ')} in ${candidates.join(' or ')}`)
  return python
}

/** Looks it up without the seconds that importing it may take; what then fails to load tells why itself. */
function canImport(python: string, module: string): boolean {
  const program = `import importlib.util, sys; sys.exit(importlib.util.find_spec('${module}') is None)`
  return spawnSync(python, ['-c', program], { stdio: 'ignore' }).status === 0
}
