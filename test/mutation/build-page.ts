import { join } from 'node:path'
import type { VFile } from 'vfile'
import { inject } from '../../src/render/assemble/inject.ts'
import { kinds } from '../../src/render/assemble/registers/kinds.ts'
import type { ResultStore } from '../../src/render/cache/result-store.ts'
import { reportDifferences } from '../../src/render/execute/report-differences.ts'
import type { Results } from '../../src/render/execute/run-report.ts'
import { runReport, silentEvents } from '../../src/render/execute/run-report.ts'
import { Unreadable } from '../../src/render/model/messages.ts'
import { pathsOf } from '../../src/render/model/paths.ts'
import type { Report, ReportTree } from '../../src/render/model/types.ts'
import { readBlockCache } from '../../src/render/page/block-cache.ts'
import { cite } from '../../src/render/page/cite.ts'
import { toPages } from '../../src/render/page/to-html.ts'
import { openStore } from '../../src/render/pipeline/kept-results.ts'
import { usedBy } from '../../src/render/results/used.ts'
import { parse } from '../../src/render/syntax/parse.ts'
import { readReport } from '../../src/render/syntax/read-report.ts'
import type { Box } from './box.ts'

export interface PageOptions {
  readonly profile?: string
  readonly cached?: boolean
  /** Leaves out the page itself: for what ran, and for results. */
  readonly isPageless?: boolean
  /** What the build may reuse; all that is kept unless given. */
  readonly reuse?: (store: ResultStore, report: Report) => ResultStore
}

/** What a build gives that must not depend on the builds before it. */
export interface Page {
  /** Empty where the report cannot be read. */
  readonly html: string
  /** What would be printed. */
  readonly print: string
  readonly figures: string
  /** Keys, numbers and texts, as accepting would lock them. */
  readonly locked: string
  /** Every message: `file:line:column rule reason`, sorted; those of damaged results are apart. */
  readonly messages: readonly string[]
}

export interface BuiltPage {
  readonly page: Page
  /** What cells and jobs have said. */
  readonly ran: readonly string[]
  /** Of results that could not be used. */
  readonly damaged: readonly string[]
}

/** Builds the page of a project in this process as src/render/pipeline/report.ts does, but prints nothing; its cells run in the tool's own processes. */
export async function buildPage(box: Box, options: PageOptions = {}): Promise<BuiltPage> {
  let report: Report
  try {
    report = readReport(join(box.folder, 'report-src/report.md'), options.profile)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return builtPage(box, { html: '', print: '', figures: '', locked: '' }, error.files)
  }
  const tree = parse(report, kinds)
  const { page, files } = await typeset(box, tree, options)
  return builtPage(box, page, files)
}

async function typeset(box: Box, tree: ReportTree, options: PageOptions) {
  const { report } = tree
  const path = join(box.folder, 'report-src/report.md')
  const paths = pathsOf(path)
  const env = { PATH: process.env.PATH, HOME: process.env.HOME }
  const store = openStore(paths, report, { path, env })
  const results = timeless(
    await runReport(tree, {
      store: options.reuse?.(store, report) ?? store,
      runFolder: join(paths.cache, 'run'),
      mayRun: !options.cached,
      // Messages of several jobs that fail are those of the first.
      jobs: 1,
      env,
      accepted: () => undefined,
      events: silentEvents,
    }),
  )
  reportDifferences(tree, results.cells, store.differences)
  const cache = await readBlockCache(join(paths.cache, `markup-${paths.stem}-${report.profile}.json`))
  const injected = await inject(tree, results, cache)
  const cited = await cite(injected.chapters, report, cache)
  const notice = report.profile === 'full' ? '' : `Profile ${report.profile}`
  const whole = { ...injected, front: report.front, notice, chapters: cited.chapters }
  const pages = options.isPageless ? { screen: '', print: '' } : await toPages(whole, { cache })
  if (!options.isPageless) await cache.write()
  const { locked } = usedBy(tree, results.cells, results.values, injected.drawn, store)
  return {
    page: {
      html: pages.screen,
      print: pages.print,
      figures: JSON.stringify(injected.drawn),
      locked: JSON.stringify({ ...locked, environments: [] }),
    },
    files: [...report.files, ...cited.files],
  }
}

function builtPage(box: Box, page: Omit<Page, 'messages'>, files: readonly VFile[]): BuiltPage {
  const messages = files.flatMap((file) =>
    file.messages.map(({ line, column, ruleId, message }) => ({
      ruleId,
      text: `${file.path}:${line ?? 1}:${column ?? 1} ${ruleId} ${message}`.replaceAll(box.folder, '.'),
    })),
  )
  const texts = (isDamage: boolean) =>
    messages
      .filter(({ ruleId }) => (ruleId === 'result-is-whole') === isDamage)
      .map(({ text }) => text)
      .sort()
  return { page: { ...page, messages: texts(false) }, ran: box.ran(), damaged: texts(true) }
}

// When and how fast something was computed is what the same sources may give otherwise.
function timeless(results: Results): Results {
  const cells = [...results.cells].map(([label, cellResult]) => {
    if (!('stored' in cellResult) || !cellResult.stored) return [label, cellResult] as const
    const provenance = { ...cellResult.stored.provenance, computedAt: '', elapsedMs: 0 }
    return [label, { ...cellResult, stored: { ...cellResult.stored, provenance } }] as const
  })
  const jobs = [...results.jobs].map(([key, job]) => {
    const provenance = { ...job.provenance, computedAt: '', elapsedMs: 0 }
    return [key, { ...job, provenance }] as const
  })
  return { ...results, cells: new Map(cells), jobs: new Map(jobs) }
}
