import { join } from 'node:path'
import type { VFile } from 'vfile'
import { kinds } from '../assemble/registers/kinds.ts'
import { writeOnly } from '../cache/result-store.ts'
import { reportDifferences } from '../execute/report-differences.ts'
import type { Results } from '../execute/run-report.ts'
import { runReport } from '../execute/run-report.ts'
import { lintReport } from '../lint/lint-report.ts'
import { keyOfCell, profileOf, readLock } from '../model/lock.ts'
import { hasErrors } from '../model/messages.ts'
import type { Paths } from '../model/paths.ts'
import { pathsOf } from '../model/paths.ts'
import type { Report, ReportTree } from '../model/types.ts'
import { readBlockCache } from '../page/block-cache.ts'
import { openBrowser } from '../print/open-browser.ts'
import { documentDate } from '../print/set-dates.ts'
import type { Proved } from '../prove/prove.ts'
import { gatherProvenance } from '../provenance/gather-provenance.ts'
import { nextLock } from '../results/accept.ts'
import type { Used } from '../results/used.ts'
import { usedBy } from '../results/used.ts'
import { parse } from '../syntax/parse.ts'
import { readReport } from '../syntax/read-report.ts'
import type { Untrusted } from '../untrusted/open-untrusted.ts'
import { openUntrusted } from '../untrusted/open-untrusted.ts'
import { acceptedSources } from '../why/accepted-sources.ts'
import type { StoreOptions } from './kept-results.ts'
import { acceptedBy, lastKeys, openStore } from './kept-results.ts'
import type { BuildEvents, RanCell, Reason } from './ran-cells.ts'
import { ranCells, runEvents } from './ran-cells.ts'
import { typeset } from './typeset.ts'
import { writeDist } from './write-dist.ts'

export interface BuildOptions extends StoreOptions {
  readonly profile?: string
  /** Runs no cell and no job. */
  readonly cached?: boolean
  /** Jobs run in an order drawn from this seed, not in that in which they are asked for. */
  readonly orderSeed?: number
  /** Proves that every value, table cell and caption is found in the print, in its place. */
  readonly prove?: boolean
  /** Warnings of these rules are errors: what is typed, not computed. */
  readonly strict?: boolean
  /** Executes nothing of the report, and lets nothing of it out of its folder. */
  readonly untrusted?: boolean
  /** Accepting keeps no results, as the lock beside the print says. */
  readonly lockOnly?: boolean
  /** Folder to write in place of `dist`. */
  readonly out?: string
  readonly signal?: AbortSignal
  /** Heap of one cell, in MiB. */
  readonly heapMb?: number
  /** How many jobs may run at once; as many as the machine has processors unless given. */
  readonly jobs?: number
  /** Threads of arithmetic of each job. */
  readonly threads?: number
}

export interface Built {
  readonly isWell: boolean
  readonly files: readonly VFile[]
  readonly ran: readonly RanCell[]
  readonly paths: Paths
  readonly profile: string
  readonly pages: number
  readonly pdfBytes: number
  readonly printedMs: number
  readonly used: Used
  readonly tree: ReportTree
  readonly results: Results
  /** Nothing was executed: results are those of the lock. */
  readonly isUntrusted: boolean
  /** How much of the print was proved, where that was asked for. */
  readonly proved?: Proved
}

/**
 * Builds a report: dist/report.html, dist/report.pdf and their figures.
 * What goes wrong in the report itself is a message on its files; the page is written all the same.
 * Throws `Unreadable` where there is nothing to build, and other errors where the machine is in the way.
 */
export async function buildReport(options: BuildOptions, events: BuildEvents): Promise<Built> {
  const paths = pathsOf(options.path, options.out)
  const opening = openBrowser()
  // It is awaited late: until then its failure is not an unhandled one.
  opening.catch(() => {})
  const stranger = options.untrusted ? openUntrusted(paths, options.out === undefined) : undefined
  try {
    return await build(options, paths, { opening, stranger }, events)
  } finally {
    stranger?.close()
    await opening.then(
      (browser) => browser.close(),
      () => {},
    )
  }
}

interface Tools {
  readonly opening: ReturnType<typeof openBrowser>
  /** The steps that are other ones for a report that is not trusted. */
  readonly stranger: Untrusted | undefined
}

async function build(
  options: BuildOptions,
  paths: Paths,
  { opening, stranger }: Tools,
  events: BuildEvents,
): Promise<Built> {
  // 1. Read: bytes -> trees with their cells, values and claims marked.
  const tree = stranger?.read(options.profile) ?? parse(readReport(options.path, options.profile), kinds)
  const { report } = tree

  // 2. Settle: a result for every cell, stored or new.
  const lock = stranger ? undefined : readLock(paths.lock)
  const accepted = stranger ? stranger.locked(report) : profileOf(lock!, report.profile)
  const store = stranger ? stranger.store(report) : openStore(paths, report, options)
  const runFolder = join(paths.cache, 'run')
  const acceptedOf = (label: string) => store.find(keyOfCell(accepted, label))
  const previous = stranger ? {} : lastKeys(paths, report.profile)
  const reasons = new Map<string, Reason>()
  const run = stranger?.results(accepted, store) ?? runReport
  const results = await run(tree, {
    store: options.reuse?.(store) ?? (options.rerun ? writeOnly(store) : store),
    orderSeed: options.orderSeed,
    runFolder,
    mayRun: !options.cached,
    signal: options.signal,
    env: options.env,
    heapMb: options.heapMb,
    jobs: options.jobs,
    threads: options.threads,
    accepted: acceptedOf,
    events: runEvents(events, reasons, (label) => {
      if (options.rerun) return { previous: 'everything', changedReads: [] }
      const last = store.find(previous[label]) ?? acceptedOf(label)
      return { previous: last, changedReads: last ? store.changed(last) : [] }
    }),
  })
  reportDifferences(tree, results.cells, store.differences)

  // 3. Typeset: outputs in their places, one page, one print.
  if (!stranger) lintReport(tree, results, { isStrict: options.strict ?? false })
  // What lies in a stranger's folder may be forged.
  const cache = stranger
    ? undefined
    : await readBlockCache(join(paths.cache, `markup-${paths.stem}-${report.profile}.json`))
  const provenance = gatherProvenance(tree, results, acceptedBy(paths, options))
  const date = documentDate(report.front.date, options.env.SOURCE_DATE_EPOCH)
  const press = { opening, date, stranger, cards: provenance.cards, prove: options.prove }
  const typed = await typeset(tree, results, cache ?? new Map(), press)
  const { injected, cited, pages, printed, printedMs, proved } = typed

  // 4. Write.
  const shown = usedBy(tree, results.cells, results.values, injected.drawn, {
    ...store,
    // What this build has computed comes before what lies there.
    read: (key) => results.jobs.get(key) ?? store.read(key),
  })
  const used = options.latest ? await withSources(shown, report, results) : shown
  const nextLocked =
    options.latest && lock ? nextLock(lock, report.profile, used, !options.lockOnly) : undefined
  const { pdf, record } = provenance.finish(printed.pdf, { used, paths, nextLocked, date })
  // Only a cache; a folder that cannot be written is told of below.
  options.signal?.throwIfAborted()
  await cache?.write().catch(() => {})
  writeDist(paths, {
    html: pages.screen,
    pdf,
    provenance: record,
    drawn: injected.drawn,
    profile: report.profile,
    used,
  })
  const files = [...report.files, ...cited.files]
  return {
    isWell: !hasErrors(files),
    files,
    ran: await ranCells(results, reasons, report, { runFolder, accepted: accepted?.sources ?? {} }),
    paths,
    profile: report.profile,
    pages: printed.pages,
    pdfBytes: pdf.length,
    printedMs,
    used,
    tree,
    results,
    isUntrusted: stranger !== undefined,
    proved,
  }
}

// Bundles every experiment, so that it is done for accepting alone.
async function withSources(used: Used, { root }: Report, results: Results): Promise<Used> {
  return { ...used, locked: { ...used.locked, sources: await acceptedSources(root, results) } }
}
