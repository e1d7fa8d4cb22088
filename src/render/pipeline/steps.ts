import { join } from 'node:path'
import { inject } from '../assemble/inject.ts'
import type { CompiledBodies } from '../bundle/compile-expression.ts'
import type { Listener } from '../execute/events.ts'
import { reportDifferences } from '../execute/report-differences.ts'
import { keyOfCell } from '../model/lock.ts'
import { warn } from '../model/messages.ts'
import type { Paths } from '../model/paths.ts'
import type { Report } from '../model/types.ts'
import { cite } from '../page/cite.ts'
import { toPages } from '../page/to-pages.ts'
import { reportSections } from '../print/count-section-pages.ts'
import type { OpenBrowser } from '../print/open-browser.ts'
import { print } from '../print/print.ts'
import { documentDate } from '../print/same-bytes.ts'
import { reportFaults, type Verified, verifyPrint } from '../prove/verify-print.ts'
import { gatherProvenance } from '../provenance/gather-provenance.ts'
import type { Mode } from './mode.ts'
import type { Assembly, Pages, Print, Program, Run, RunSettings, Started } from './stages.ts'

/** What a session passes to its steps. */
export interface Context {
  readonly mode: Mode
  readonly paths: Paths
  readonly env: NodeJS.ProcessEnv
  readonly signal?: AbortSignal
  readonly listener: Listener
  readonly compiled: CompiledBodies
}

/** Computes or reuses a result for every cell, job and expression of a program. */
export async function runProgram(
  program: Program,
  { reuse, earlier, isAccepted, ...settings }: RunSettings,
  { mode, paths, env, signal, listener, compiled }: Context,
): Promise<Run> {
  const { source } = program
  const { report, tree } = source
  const store = mode.store(report)
  const accepted = mode.accepted(report)
  const last = mode.lastKeys(report)
  const earlierOf = earlier ?? ((label) => store.find(keyOfCell(accepted, label)))
  const started = new Map<string, Started>()
  const cache = await mode.readCache(report)
  const results = await mode.run(tree, program, {
    ...settings,
    store: reuse?.(store) ?? store,
    runFolder: join(paths.cache, 'run'),
    env,
    signal,
    compiled,
    // Who chooses the results to reuse wants the values evaluated too.
    values: reuse ? { ...cache, isEmpty: true, get: () => undefined } : cache,
    accepted: earlierOf,
    listener(event) {
      if (event.type === 'cell-started') {
        const { cell, parts } = event
        // Look it up now: the new result may replace this one.
        const previous = store.find(last[cell.label]) ?? earlierOf(cell.label)
        started.set(cell.label, { parts, previous, changedReads: previous ? store.changed(previous) : [] })
      }
      listener(event)
    },
  })
  reportDifferences(tree, results.cells, store.differences)
  return { ...results, source, store, cache, started, isAccepted: isAccepted ?? mode.isAccepted }
}

/** Puts results in their places. */
export async function assemble(run: Run, mode: Mode): Promise<Assembly> {
  const { tree } = run.source
  const { get, set } = run.cache
  return { ...(await inject(tree, run, { drawings: { get, set, draw: mode.draw } })), run }
}

/** Makes the two HTML pages of an assembled report. */
export async function typeset(assembly: Assembly, mode: Mode): Promise<Pages> {
  const { run } = assembly
  const { cache } = run
  const { report, tree } = run.source
  const cited = await cite(assembly.chapters, report, { cache })
  const provenance = gatherProvenance(tree, run, run.isAccepted)
  const rendered = {
    ...assembly,
    front: report.front,
    notice: noticeOf(report, mode.notice),
    chapters: cited.chapters,
    cards: provenance.cards,
  }
  const pages = await toPages(rendered, { cache, safety: mode.safety(report, assembly.drawn) })
  return {
    ...pages,
    assembly,
    chapters: cited.chapters,
    files: [...report.files, ...cited.files],
    provenance,
  }
}

/** Prints the page for paper. */
export async function printPages(
  { print: html, assembly }: Pages,
  browser: OpenBrowser,
  { env, isProved }: { readonly env: NodeJS.ProcessEnv; readonly isProved: boolean },
): Promise<Print> {
  const { run, chapters } = assembly
  const { report, tree } = run.source
  const startedAt = performance.now()
  const date = documentDate(report.front.date, env.SOURCE_DATE_EPOCH)
  let proved: Verified | undefined
  const printed = await print(html, browser, {
    date,
    title: report.front.title,
    memory: run.cache,
    async inspect(page, pdf) {
      if (isProved) proved = await verifyPrint(page, pdf, { ...assembly, tree, results: run })
    },
  })
  reportFaults(proved?.faults ?? [], chapters)
  reportSections(chapters, printed.sections)
  for (const text of printed.warnings) warn(report.files[0]!, 'page-is-self-contained', text)
  return { ...printed, date, elapsedMs: performance.now() - startedAt, proved }
}

function noticeOf({ profile }: Report, notice: string): string {
  const what =
    profile === 'quick' ? 'Stand-in data at a small size (profile “quick”)' : `Profile “${profile}”`
  const ofProfile = profile === 'full' ? '' : `${what}: these are not the published results`
  return [notice, ofProfile].filter((text) => text !== '').join('. ')
}
