import { readLock } from '../model/lock.ts'
import { nextLock } from '../results/accept.ts'
import { type Used, usedBy } from '../results/used.ts'
import { acceptedSources } from '../why/code-change.ts'
import type { Pages, Print, Publishing, Run, Written } from './stages.ts'
import type { Context } from './steps.ts'
import { writeDist } from './write-dist.ts'

/** Writes all output of a build, and gives what `accept` would keep. */
export async function writeBuild(
  { screen, assembly, provenance }: Pages,
  { pdf: printed, date }: Print,
  { mode, paths, signal, publishing }: Context & { readonly publishing?: Publishing },
): Promise<Written> {
  const { run, drawn, cache } = assembly
  const { report } = run.source
  const shown = usedBy(run, drawn, {
    ...run.store,
    // Results of this build take precedence over stored ones.
    read: (key) => run.jobs.get(key) ?? run.store.read(key),
  })
  const used = publishing ? await withSources(shown, run) : shown
  const nextLocked =
    publishing && nextLock(readLock(paths.lock), report.profile, used, publishing.keepsResults)
  const { pdf, record } = provenance.finish(printed, {
    used,
    paths,
    nextLocked,
    date,
    carriesProject: mode.carriesProject,
  })
  signal?.throwIfAborted()
  // This is only a cache: `writeDist` reports an unwritable folder.
  await cache.write().catch(() => {})
  writeDist(paths, { html: screen, pdf, provenance: record, drawn, profile: report.profile, used })
  return { used, pdfBytes: pdf.length }
}

// This bundles every experiment, so only `accept` does it.
async function withSources(used: Used, run: Run): Promise<Used> {
  const sources = await acceptedSources(run.source.report.root, run)
  return { ...used, locked: { ...used.locked, sources } }
}
