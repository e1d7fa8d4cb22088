import { spawnSync } from 'node:child_process'

// A distribution's packages belong to its own Python, which a version manager may hide.
export const candidates = ['/usr/bin/python3', 'python3']

/**
 * Gives the first Python that has all these modules.
 * @throws if none has them
 */
export function pythonWith(...modules: readonly string[]): string {
  return pythonAmong(candidates, modules)
}

/**
 * Gives the first of some Pythons that has all these modules.
 * @throws if none has them
 */
export function pythonAmong(pythons: readonly string[], modules: readonly string[]): string {
  const python = pythons.find((each) => modules.every((module) => canImport(each, module)))
  if (!python) throw new Error(`no ${modules.join(' and ')} in ${pythons.join(' or ')}`)
  return python
}

/** Looks the module up without importing it, which may take seconds. If it fails to load later, it says why. */
function canImport(python: string, module: string): boolean {
  const program = `import importlib.util, sys; sys.exit(importlib.util.find_spec('${module}') is None)`
  return spawnSync(python, ['-c', program], { stdio: 'ignore' }).status === 0
}
