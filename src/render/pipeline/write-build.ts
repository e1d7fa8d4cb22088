import { readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { writeCached } from '../model/cache-file.ts'
import { sha256 } from '../model/digest.ts'
import { readLock } from '../model/lock.ts'
import { type Paths, pathFrom } from '../model/paths.ts'
import type { Drawn } from '../model/types.ts'
import { writeAtomic, writeIfOther } from '../model/write-atomic.ts'
import type { SplitFile } from '../page/split/split-page.ts'
import { type ProvenanceFiles, schemaName } from '../provenance/schema.ts'
import { nextLock } from '../results/accept.ts'
import { lastBuild } from '../results/last-build.ts'
import { type Used, usedBy } from '../results/used.ts'
import { acceptedSources } from '../why/code-change.ts'
import type { Pages, Print, Publishing, Run, Written } from './stages.ts'
import type { Context } from './steps.ts'

/** Writes all output of a build, and gives what `accept` would keep. */
export async function writeBuild(
  { screen, split, assembly, provenance }: Pages,
  print: Print | Promise<Print>,
  { mode, paths, signal, publishing }: Context & { readonly publishing?: Publishing },
): Promise<Written> {
  const { run, drawn } = assembly
  const { report } = run.source
  const shown = usedBy(run, drawn, {
    ...run.store,
    // Results of this build take precedence over stored ones.
    read: (key) => run.jobs.get(key) ?? run.store.read(key),
  })
  const used = publishing ? await withSources(shown, run) : shown
  const nextLocked =
    publishing && nextLock(readLock(paths.lock), report.profile, used, publishing.keepsResults)
  // While the browser still prints, the rest is ready.
  const { pdf: printed, date } = await print
  const { pdf, record } = provenance.finish(printed, {
    used,
    paths,
    nextLocked,
    date,
    carriesProject: mode.carriesProject,
  })
  signal?.throwIfAborted()
  // This is only a cache: `writeDist` reports an unwritable folder.
  await run.cache.write().catch(() => {})
  writeDist(paths, {
    html: split ?? [{ name: basename(paths.html), text: screen }],
    pdf,
    provenance: record,
    drawn,
    profile: report.profile,
    used,
  })
  return { used, pdfBytes: pdf.length }
}

// This bundles every experiment, so only `accept` does it.
async function withSources(used: Used, run: Run): Promise<Used> {
  const sources = await acceptedSources(run.source.report.root, run)
  return { ...used, locked: { ...used.locked, sources } }
}

interface Dist {
  /** The page, or one a chapter. */
  readonly html: readonly SplitFile[]
  readonly pdf: Uint8Array
  /** The record of the origins of all numbers, and its schema. */
  readonly provenance: ProvenanceFiles
  readonly drawn: readonly Drawn[]
  readonly profile: string
  readonly used: Used
}

/** Writes the page, the print, the record of the origins of all numbers, the figures, and the digests of all these. */
function writeDist(paths: Paths, { html, pdf, provenance, drawn, profile, used }: Dist): void {
  const figures = join(paths.dist, 'figures')
  const drawings = new Map(drawn.flatMap((figure) => figureFiles(figures, figure)))
  const files = new Map<string, string | Uint8Array>([
    ...html.map(({ name, text }) => [join(paths.dist, name), text] as const),
    [paths.pdf, pdf],
    [paths.provenance, provenance.record],
    [join(paths.dist, schemaName), provenance.schema],
  ])
  for (const [path, content] of files) writeAtomic(path, content)
  for (const [path, content] of drawings) {
    files.set(path, content)
    writeIfOther(path, content)
  }
  for (const path of earlierFiles(paths)) if (!files.has(path)) rmSync(path, { force: true })
  const digests = Object.fromEntries(
    [...files].map(([path, content]) => [pathFrom(paths.dist, path), sha256(content)]),
  )
  writeAtomic(paths.digests, `${JSON.stringify(digests, null, 2)}\n`)
  writeCached(lastBuild(paths, profile), { cells: used.locked.cells })
}

/** Gives the paths and contents of the two files of a figure: its drawing and its specification. */
function figureFiles(folder: string, { id, svg, spec }: Drawn): [string, string][] {
  return [
    [join(folder, `${id}.svg`), `${svg}\n`],
    [join(folder, `${id}.vl.json`), `${JSON.stringify(spec, null, 1)}\n`],
  ]
}

// Lists only files that the last build of this report wrote, so that no other file is removed.
function earlierFiles({ digests, dist }: Paths): string[] {
  try {
    const names = Object.keys(JSON.parse(readFileSync(digests, 'utf8')) as object)
    return names
      .filter((name) =>
        /^(figures\/[\w-]+\.(svg|vl\.json)|[^/\\]+\.html|[^/\\]*search-index\.js)$/.test(name),
      )
      .map((name) => join(dist, name))
  } catch {
    return []
  }
}
