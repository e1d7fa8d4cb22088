import { readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { sha256 } from './digest.ts'
import { writeAtomic } from './execute/write-atomic.ts'
import type { Drawn } from './inject.ts'
import type { Paths } from './paths.ts'
import type { Used } from './used.ts'

interface Dist {
  readonly html: string
  readonly pdf: Uint8Array
  readonly drawn: readonly Drawn[]
  readonly profile: string
  readonly used: Used
}

/** Writes what a build made: the page, the print, the figures, and the digests of all of them. */
export function writeDist(paths: Paths, { html, pdf, drawn, profile, used }: Dist): void {
  const figures = join(paths.dist, 'figures')
  const files = new Map<string, string | Uint8Array>([
    [paths.html, html],
    [paths.pdf, pdf],
    ...drawn.flatMap((figure) => figureFiles(figures, figure)),
  ])
  for (const [path, content] of files) writeAtomic(path, content)
  removeOthers(figures, new Set(files.keys()))
  const digests = Object.fromEntries(
    [...files].map(([path, content]) => [relative(paths.dist, path), sha256(content)]),
  )
  writeAtomic(join(paths.dist, 'digests.json'), `${JSON.stringify(digests, null, 2)}\n`)
  writeAtomic(
    join(paths.cache, 'last', `${profile}.json`),
    `${JSON.stringify({ cells: used.locked.cells })}\n`,
  )
}

/** Gives the two files of a figure in a folder: its drawing and its specification. */
export function figureFiles(folder: string, { id, svg, spec }: Drawn): [string, string][] {
  return [
    [join(folder, `${id}.svg`), `${svg}\n`],
    [join(folder, `${id}.vl.json`), `${JSON.stringify(spec, null, 1)}\n`],
  ]
}

/** Removes the figures of a folder that are not among those to keep. */
export function removeOthers(folder: string, keep: ReadonlySet<string>): void {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    return
  }
  for (const name of names) {
    const path = join(folder, name)
    if (/\.(svg|vl\.json)$/.test(name) && !keep.has(path)) rmSync(path, { force: true })
  }
}
