import { existsSync, renameSync } from 'node:fs'

/**
 * Moves what cannot be used out of the way, and gives its new path: `NAME.aside`, or `NAME.aside-2` if that is taken.
 * Throws if it cannot be moved.
 */
export function setAside(path: string): string {
  for (let number = 1; ; number++) {
    const aside = `${path}.aside${number === 1 ? '' : `-${number}`}`
    if (existsSync(aside)) continue
    renameSync(path, aside)
    return aside
  }
}
