import { isAbsolute, sep } from 'node:path'
import type { Run } from '../pipeline/stages.ts'

/**
 * Lists the files that a rebuild needs: what the code of each cell was bundled from, and what cells and jobs read.
 * Gives for each, relative to the project's root with `/`, the cell or job that needs it.
 */
export function neededFiles({
  bundles,
  cells,
  jobs,
}: Pick<Run, 'bundles' | 'cells' | 'jobs'>): ReadonlyMap<string, string> {
  const needed = new Map<string, string>()
  const add = (place: string, by: string) => {
    const file = place.split(sep).join('/')
    if (file.startsWith('$') || /(^|\/)node_modules\//.test(file) || needed.has(file)) return
    needed.set(file, by)
  }
  for (const [label, { inputs }] of bundles) for (const file of Object.keys(inputs)) add(file, `#${label}`)
  const results = [
    ...[...cells.values()].flatMap((one) => ('stored' in one && one.stored ? [one.stored] : [])),
    ...jobs.values(),
  ]
  for (const { provenance } of results)
    for (const [place, state] of Object.entries(provenance.reads ?? {}))
      if (state !== 'present' && state !== 'absent') add(place, provenance.label)
  return needed
}

/** Says whether a path relative to the project's root leads out of it. */
export function isOutside(file: string): boolean {
  return file.startsWith('../') || isAbsolute(file)
}
