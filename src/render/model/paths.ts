import { realpathSync } from 'node:fs'
import platformPath, { basename, dirname, join, resolve } from 'node:path'

/** Locations of all files of a report; all absolute. */
export interface Paths {
  readonly source: string
  /** The report's file name without its extension. */
  readonly stem: string
  /** Accepted results. */
  readonly freeze: string
  readonly lock: string
  readonly figures: string
  /** Folder that a build writes to. */
  readonly dist: string
  readonly html: string
  readonly pdf: string
  /** File with the origin of every number: `provenance.json` of `report.md`, `STEM.provenance.json` of any other. */
  readonly provenance: string
  /** SHA-256 of every file of the build. */
  readonly digests: string
  readonly cache: string
}

/**
 * Gives the locations of a report. A report in a folder `report-src` has its figures and dist beside that folder; any
 * other report has them in its own folder. Links among the folders above it are followed, as the bundler does.
 */
export function pathsOf(report: string, out?: string): Paths {
  const source = realPathOf(resolve(report))
  const folder = dirname(source)
  const base = basename(folder) === 'report-src' ? dirname(folder) : folder
  const dist = out === undefined ? join(base, 'dist') : resolve(out)
  const stem = basename(source).replace(/\.[^.]*$/, '')
  return {
    source,
    stem,
    freeze: join(folder, 'freeze'),
    lock: join(folder, `${stem}.lock.json`),
    figures: join(base, 'figures'),
    dist,
    html: join(dist, `${stem}.html`),
    pdf: join(dist, `${stem}.pdf`),
    provenance: join(dist, stem === 'report' ? 'provenance.json' : `${stem}.provenance.json`),
    digests: join(dist, `${stem}.digests.json`),
    cache: join(dist, '.cache'),
  }
}

/** Gives the path of a file without links among its folders; the path itself if there is no such folder. */
export function realPathOf(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path))
  } catch {
    return path
  }
}

/**
 * Gives the path of a file from a folder, with `/` on every platform: such paths are parts of ids, keys, locks and
 * addresses, which are the same everywhere.
 */
export function pathFrom(
  folder: string,
  file: string,
  { relative, sep }: Pick<typeof platformPath, 'relative' | 'sep'> = platformPath,
): string {
  return relative(folder, file).split(sep).join('/')
}
