import { readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { sha256 } from '../model/digest.ts'
import type { Paths } from '../model/paths.ts'
import type { Drawn } from '../model/types.ts'
import { writeAtomic } from '../model/write-atomic.ts'
import { type ProvenanceFiles, schemaName } from '../provenance/schema.ts'
import type { Used } from '../results/used.ts'

interface Dist {
  readonly html: string
  readonly pdf: Uint8Array
  /** The record of where numbers come from, and its schema. */
  readonly provenance: ProvenanceFiles
  readonly drawn: readonly Drawn[]
  readonly profile: string
  readonly used: Used
}

/** Writes what a build made: the page, the print, where their numbers come from, the figures, and the digests of all of them. */
export function writeDist(paths: Paths, { html, pdf, provenance, drawn, profile, used }: Dist): void {
  const figures = join(paths.dist, 'figures')
  const files = new Map<string, string | Uint8Array>([
    [paths.html, html],
    [paths.pdf, pdf],
    [paths.provenance, provenance.record],
    [join(paths.dist, schemaName), provenance.schema],
    ...drawn.flatMap((figure) => figureFiles(figures, figure)),
  ])
  for (const [path, content] of files) writeAtomic(path, content)
  for (const path of earlierFigures(paths)) if (!files.has(path)) rmSync(path, { force: true })
  const digests = Object.fromEntries(
    [...files].map(([path, content]) => [relative(paths.dist, path), sha256(content)]),
  )
  writeAtomic(paths.digests, `${JSON.stringify(digests, null, 2)}\n`)
  writeAtomic(lastBuild(paths, profile), `${JSON.stringify({ cells: used.locked.cells })}\n`)
}

/** Gives the two files of a figure in a folder: its drawing and its specification. */
export function figureFiles(folder: string, { id, svg, spec }: Drawn): [string, string][] {
  return [
    [join(folder, `${id}.svg`), `${svg}\n`],
    [join(folder, `${id}.vl.json`), `${JSON.stringify(spec, null, 1)}\n`],
  ]
}

/** Gives the file that remembers the keys of the last build of a profile here. */
export function lastBuild({ cache, stem }: Paths, profile: string): string {
  return join(cache, 'last', `${stem}.${profile}.json`)
}

// Those that the last build of this report wrote: a file of somebody else's is left alone.
function earlierFigures({ digests, dist }: Paths): string[] {
  try {
    const names = Object.keys(JSON.parse(readFileSync(digests, 'utf8')) as object)
    return names
      .filter((name) => /^figures\/[\w-]+\.(svg|vl\.json)$/.test(name))
      .map((name) => join(dist, name))
  } catch {
    return []
  }
}
