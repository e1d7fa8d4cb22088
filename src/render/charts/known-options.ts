import { found, listed } from '../model/found.ts'
import { suggestion } from '../model/nearest.ts'

/** Throws if an object has a member that nobody reads, for a misspelt option would change nothing without a word. */
export function assertKnown(
  chart: string,
  options: unknown,
  known: readonly string[],
  path = 'options',
): void {
  if (options === undefined) return
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new Error(`${chart}: expected an object at ${path}, found ${found(options)}`)
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new Error(
    `${chart}: expected ${path} among ${listed(known, 12)}, found ${found(unknown)}${suggestion(unknown, known)}`,
  )
}
