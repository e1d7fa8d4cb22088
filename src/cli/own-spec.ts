import { readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'

/**
 * Gives what a package.json in `folder` must say to get this very Weft: its version, or, if it was not installed from a
 * registry, the tarball or the folder that it comes from.
 *
 * @param home the folder of Weft's package
 */
export function ownSpec(folder: string, home: string, version: string): string {
  const modules = dirname(home)
  const fileSpec = (path: string) => `file:${relative(folder, path).split(sep).join('/')}`
  if (basename(modules) !== 'node_modules') return fileSpec(home)
  const source = sourceOf(modules)
  return source?.startsWith('file:')
    ? fileSpec(resolve(dirname(modules), source.slice('file:'.length)))
    : version
}

// Where npm got it from. Other package managers keep no such list: they have it from a registry, or its user knows.
function sourceOf(modules: string): string | undefined {
  try {
    const { packages } = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'))
    return packages['node_modules/weft'].resolved
  } catch {
    return undefined
  }
}
