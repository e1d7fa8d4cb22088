import { posix } from 'node:path'
import { orList } from '../model/nearest.ts'
import type { VersionFiles } from './files/version-files.ts'

/** Where the files of a report are in another version; all relative to its top folder, with forward slashes. */
export interface Located {
  readonly source: string
  readonly folder: string
  /** Folder of the nearest package.json, to which the lock's names of files are relative. */
  readonly root: string
  readonly lock: string
  readonly freeze: string
  readonly figures: string
}

/**
 * Finds a report in another version: at the same path, or else at the end of one, as in a zip that has all in one
 * folder. Throws an Error that names the reports that are there.
 *
 * @param wanted Path of report.md in this version.
 */
export function locateReport({ name, paths }: VersionFiles, wanted: string): Located {
  const tails = [wanted, posix.join(posix.basename(posix.dirname(wanted)), posix.basename(wanted))]
  const source =
    tails.flatMap((tail) =>
      [...paths].filter((path) => path === tail || path.endsWith(`/${tail}`)).sort(byDepth),
    )[0] ??
    [...paths]
      .filter((path) => posix.basename(path) === posix.basename(wanted) && paths.has(lockOf(path)))
      .sort(byDepth)[0]
  if (source !== undefined) return locatedAt(source, paths)
  const others = [...paths].filter((path) => path.endsWith('.md') && paths.has(lockOf(path))).sort(byDepth)
  const there = others.length > 0 ? `, found ${orList(others.slice(0, 5))}` : ''
  throw new Error(`Cannot find ${wanted} in ${name}, expected the report there${there}`)
}

function locatedAt(source: string, paths: ReadonlySet<string>): Located {
  const folder = posix.dirname(source)
  const base = posix.basename(folder) === 'report-src' ? posix.dirname(folder) : folder
  return {
    source,
    folder,
    root: rootOf(folder, paths),
    lock: lockOf(source),
    freeze: posix.join(folder, 'freeze'),
    figures: posix.join(base, 'figures'),
  }
}

function rootOf(folder: string, paths: ReadonlySet<string>): string {
  for (let current = folder; ; current = posix.dirname(current)) {
    if (paths.has(posix.join(current, 'package.json'))) return current
    if (current === '.' || current === '/') return folder
  }
}

function lockOf(source: string): string {
  return posix.join(posix.dirname(source), `${posix.basename(source).replace(/\.[^.]*$/, '')}.lock.json`)
}

function byDepth(a: string, b: string): number {
  return a.split('/').length - b.split('/').length || (a < b ? -1 : 1)
}
