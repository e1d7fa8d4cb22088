import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Replaces the first match in a file.
 * @throws if there is none
 */
export function editFile(path: string, from: string | RegExp, to: string): void {
  const before = readFileSync(path, 'utf8')
  const after = before.replace(from, to)
  if (after === before) throw new Error(`Cannot edit ${path}, expected ${from} in it, found none`)
  writeFileSync(path, after)
}
