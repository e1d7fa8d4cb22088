import { join } from 'node:path'
import { inject } from '../assemble/inject.ts'
import type { CompiledBodies } from '../bundle/compile-expression.ts'
import type { Listener } from '../execute/events.ts'
import { reportDifferences } from '../execute/report-differences.ts'
import { keyOfCell } from '../model/lock.ts'
import type { Memory } from '../model/memory.ts'
import { warn } from '../model/messages.ts'
import type { Paths } from '../model/paths.ts'
import type { Rest } from '../model/rest.ts'
import type { RenderedReport, Report } from '../model/types.ts'
import { wordsFor } from '../model/words.ts'
import type { StoredBlockCache } from '../page/block-cache.ts'
import { type Cited, cite } from '../page/cite.ts'
import { type LaidPages, layPages } from '../page/lay-pages.ts'
import { joinParts } from '../page/page-parts.ts'
import { reportSections } from '../print/count-section-pages.ts'
import { printKey, printOnce } from '../print/earlier-print.ts'
import type { OpenBrowser } from '../print/open-browser.ts'
import { print } from '../print/print.ts'
import type { NumberMemory } from '../print/print-pages.ts'
import { documentDate } from '../print/same-bytes.ts'
import { reportFaults, type Verified, verifyPrint } from '../prove/verify-print.ts'
import { gatherProvenance } from '../provenance/gather-provenance.ts'
import { dayOfReport } from './day-of-report.ts'
import { knownTimes } from './known-times.ts'
import type { Mode } from './mode.ts'
import type {
  Assembly,
  Draft,
  Pages,
  Paper,
  Print,
  PrintSettings,
  Program,
  Run,
  RunSettings,
  Started,
} from './stages.ts'

/** What a session passes to its steps. */
export interface Context {
  readonly mode: Mode
  readonly paths: Paths
  readonly env: NodeJS.ProcessEnv
  readonly signal?: AbortSignal
  readonly listener: Listener
  readonly compiled: CompiledBodies
  /** What earlier updates made of each node. */
  readonly memory: Memory
  /** Markup and values of earlier builds, once a run has read them. */
  markup?: StoredBlockCache
  /** Default: others get a turn now and then. */
  readonly rest?: Rest
}

type Layouting = Pick<Context, 'mode' | 'memory' | 'env' | 'rest'>

/** Computes or reuses a result for every cell, job and expression of a program. */
export async function runProgram(
  program: Program,
  { reuse, earlier, isAccepted, slurm, ...settings }: RunSettings,
  context: Context,
): Promise<Run> {
  const { mode, paths, env, signal, listener, compiled } = context
  const { source } = program
  const { report, tree } = source
  const store = mode.store(report)
  const accepted = mode.accepted(report)
  const last = mode.lastKeys(report)
  const earlierOf = earlier ?? ((label) => store.find(keyOfCell(accepted, label)))
  const started = new Map<string, Started>()
  context.markup ??= await mode.readCache(report)
  const cache = context.markup
  const results = await mode.run(tree, program, {
    ...settings,
    store: reuse?.(store) ?? store,
    runFolder: join(paths.cache, 'run'),
    ...(slurm && {
      slurm: {
        settings: { ...report.front.slurm, ...slurm.settings },
        isFresh: slurm.isFresh,
        paths,
        known: knownTimes(mode, { source, store }),
      },
    }),
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
export async function assemble(
  run: Run,
  { mode, memory, rest }: Pick<Context, 'mode' | 'memory' | 'rest'>,
  isDraft = false,
): Promise<Assembly> {
  const { tree } = run.source
  const { get, set } = run.cache
  const drawings = { get, set, draw: mode.draw, diagrams: mode.diagrams }
  return { ...(await inject(tree, run, { drawings, memory, isDraft, rest })), run }
}

/** Makes the page for paper of an assembled report, and then, when it is asked for, the page on a screen. */
export async function layPaper(assembly: Assembly, context: Layouting): Promise<Paper> {
  const { laid, cited } = await layOut(assembly, context)
  const print = await laid.print()
  return {
    print,
    assembly,
    async pages() {
      const pages = await screenOf(assembly, laid, cited, context.rest)
      const isSplit = assembly.run.source.report.front.split === 'chapters'
      const split = isSplit ? await laid.split(pages.provenance.cards) : undefined
      return { ...pages, screen: joinParts(pages.parts), print, ...(split && { split }) }
    },
  }
}

/**
 * Makes the page on a screen, and the one for paper.
 *
 * @param isPartsOnly Leaves out the pages as texts.
 */
export async function typesetPages(
  assembly: Assembly,
  context: Layouting,
  isPartsOnly: boolean,
): Promise<Pages> {
  if (!isPartsOnly) return (await layPaper(assembly, context)).pages()
  const { laid, cited } = await layOut(assembly, context)
  return { ...(await screenOf(assembly, laid, cited, context.rest)), screen: '', print: '' }
}

async function layOut(assembly: Assembly, { mode, memory, env, rest }: Layouting, isDraft = false) {
  const { cache, source } = assembly.run
  const { report } = source
  const cited = await cite(assembly.chapters, report, { cache, memory, isDraft })
  const options = { cache, memory, rest, safety: mode.safety(report, assembly.drawn) }
  return { cited, laid: await layPages(renderedOf(assembly, cited, { mode, env }), options) }
}

async function screenOf(
  assembly: Assembly,
  laid: LaidPages,
  { chapters, files }: Cited,
  rest: Rest | undefined,
): Promise<Omit<Pages, 'screen' | 'print'>> {
  const { run } = assembly
  const { report, tree } = run.source
  const provenance = await gatherProvenance(tree, run, run.isAccepted, rest)
  const parts = await laid.parts(provenance.cards)
  return { parts, assembly, chapters, files: [...report.files, ...files], provenance }
}

/**
 * Makes the page on a screen of a run, as far as a reader sees it change: registers, cards, fonts and rules stay those of the
 * last page, and nothing is told that only they show.
 */
export async function draftPage(run: Run, context: Layouting): Promise<Draft> {
  const { report } = run.source
  const { laid, cited } = await layOut(await assemble(run, context, true), context, true)
  // After a change of the front matter there is no last page, and one without cards would be loaded once more for them.
  const parts =
    laid.draft() ?? (await laid.parts((await gatherProvenance(run.source.tree, run, run.isAccepted)).cards))
  return { parts, run, files: [...report.files, ...cited.files] }
}

function renderedOf(
  assembly: Assembly,
  { chapters }: Cited,
  context: Pick<Context, 'mode' | 'env'>,
): RenderedReport {
  const { report } = assembly.run.source
  const { mode } = context
  const date = dayOf(report, context)
  const front = { ...report.front, ...(date !== undefined && { date }) }
  return {
    ...assembly,
    front,
    css: mode.styleSheets(report),
    notice: noticeOf(report, mode.notice),
    chapters,
  }
}

function dayOf(report: Report, { mode, env }: Pick<Context, 'mode' | 'env'>): string | undefined {
  return dayOfReport(report, { env, mayAskGit: mode.mayAskGit })
}

type Printing = PrintSettings & Pick<Context, 'env' | 'mode' | 'paths'>

/** Prints the page for paper. */
export async function printPages(
  { print: html, assembly }: Pick<Pages, 'print' | 'assembly'>,
  browser: OpenBrowser,
  { mode, env, paths, isProved = false, isFresh = isProved, onBusy }: Printing,
): Promise<Print> {
  const { run, chapters } = assembly
  const { report, tree } = run.source
  const startedAt = performance.now()
  const date = documentDate(dayOf(report, { mode, env }), env.SOURCE_DATE_EPOCH)
  let proved: Verified | undefined
  const floats = report.front.floats !== false && report.front.columns !== 2
  const make = (memory: NumberMemory) =>
    print(html, browser, {
      ...{ date, title: report.front.title, memory, floats, onBusy },
      async inspect(page, pdf, isFloated) {
        const shown = { ...assembly, tree, results: run }
        if (isProved) proved = await verifyPrint(page, pdf, shown, { isFloated })
      },
    })
  const key = await printKey(html, browser, { date, floats })
  const printed = await printOnce(make, { key, memory: run.cache, path: paths.pdf, isFresh })
  reportFaults(proved?.faults ?? [], chapters)
  reportSections(chapters, printed.sections)
  for (const text of printed.warnings) warn(report.files[0]!, 'page-is-self-contained', text)
  return { ...printed, date, elapsedMs: performance.now() - startedAt, proved }
}

function noticeOf({ profile, front }: Report, notice: string): string {
  const ofProfile = profile === 'full' ? '' : wordsFor(front.lang).front.profileNotice(profile)
  return [notice, ofProfile].filter((text) => text !== '').join('. ')
}
