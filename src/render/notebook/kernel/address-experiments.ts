import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'

/** An experiment as a module exports it. */
export interface LiveExperiment {
  readonly name: string
  run(params: unknown, context: object): unknown
  module?: string
}

/**
 * Gives every experiment of a project its address, as the bundler does in a build: `run` then finds it, and with it the
 * stored results. Gives them by their address, `./src/experiments/part-a/binary.ts#binary`. A module that cannot be
 * loaded is left out: whoever imports it gets its error.
 */
export async function addressExperiments(root: string): Promise<ReadonlyMap<string, LiveExperiment>> {
  const found = new Map<string, LiveExperiment>()
  for (const file of sourcesIn(root)) {
    if (!/=\s*defineExperiment\s*[<(]/.test(readFileSync(file, 'utf8'))) continue
    const module = `./${relative(root, file).split(sep).join('/')}`
    const exports = (await import(pathToFileURL(file).href).catch(() => ({}))) as Record<string, unknown>
    for (const [name, value] of Object.entries(exports)) {
      if (!isExperiment(value) || value.name !== name) continue
      // A module may export what another one defines. A first cell that runs again finds the addresses of before.
      if ((value.module ?? module) !== module) continue
      value.module = module
      found.set(`${module}#${name}`, value)
    }
  }
  return found
}

function isExperiment(value: unknown): value is LiveExperiment {
  const { name, params, run } = Object(value) as Record<string, unknown>
  return typeof name === 'string' && typeof run === 'function' && typeof params === 'object'
}

const apart = new Set(['node_modules', 'dist', 'lib', 'test'])

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return apart.has(entry.name) || entry.name.startsWith('.') ? [] : sourcesIn(path)
    return /\.[cm]?[jt]s$/.test(entry.name) && !/\.d\.[cm]?ts$/.test(entry.name) ? [path] : []
  })
}
