import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemReasonOf } from './data/console.ts'

/** A package.json. Nobody has checked its members. */
export interface Manifest {
  readonly [member: string]: unknown
}

/**
 * Reads the package.json of a folder, and gives it with its text.
 * @throws if it cannot be read, or is not a JSON object
 */
export function readManifest(folder: string): { readonly text: string; readonly manifest: Manifest } {
  const path = join(folder, 'package.json')
  try {
    const text = readFileSync(path, 'utf8')
    // As npm does, take a file that begins with a byte order mark.
    const manifest: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    if (isObject(manifest)) return { text, manifest }
  } catch (cause) {
    const reason = systemReasonOf(cause) ?? `expected JSON: ${(cause as Error).message}`
    throw new Error(`Cannot read ${path}, ${reason}`, { cause })
  }
  throw new Error(`Cannot read ${path}, expected a JSON object`)
}

/** Whether a value of JSON has members. */
export function isObject(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
