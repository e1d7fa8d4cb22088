import { join } from 'node:path'
import type { VFile } from 'vfile'
import type { ResultStore } from '../../src/render/cache/result-store.ts'
import { Unreadable } from '../../src/render/model/messages.ts'
import { pathsOf } from '../../src/render/model/paths.ts'
import type { Report } from '../../src/render/model/types.ts'
import { openAuthorMode } from '../../src/render/pipeline/author-mode.ts'
import { openSession, type Session } from '../../src/render/pipeline/session.ts'
import type { Run } from '../../src/render/pipeline/stages.ts'
import { usedBy } from '../../src/render/results/used.ts'
import type { Box } from './box.ts'

export interface PageOptions {
  readonly profile?: string
  readonly cached?: boolean
  /** Skips the page itself, if only runs and results matter. */
  readonly isPageless?: boolean
  /** Gives the stored results that the build may reuse. Default: all. */
  readonly reuse?: (store: ResultStore, report: Report) => ResultStore
}

/** The output of a build that must not depend on earlier builds. */
export interface Page {
  /** Empty if the report cannot be read. */
  readonly html: string
  /** The page for printing. */
  readonly print: string
  readonly figures: string
  /** Keys, numbers and texts, as `accept` would lock them. */
  readonly locked: string
  /** All messages, `file:line:column rule reason`, sorted, except those about damaged results. */
  readonly messages: readonly string[]
}

export interface BuiltPage {
  readonly page: Page
  /** Trace lines of cells and jobs. */
  readonly ran: readonly string[]
  /** Messages about unusable results. */
  readonly damaged: readonly string[]
}

/** Builds the page of a project in this process, without printing. Cells run in the tool's own processes. */
export async function buildPage(box: Box, options: PageOptions = {}): Promise<BuiltPage> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME }
  const paths = pathsOf(join(box.folder, 'report-src/report.md'))
  const mode = openAuthorMode({ paths, profile: options.profile, env })
  const session = openSession({ paths, mode, env })
  try {
    const { page, files } = await typeset(session, options)
    return builtPage(box, page, files)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return builtPage(box, { html: '', print: '', figures: '', locked: '' }, error.files)
  } finally {
    await session.close()
  }
}

async function typeset(session: Session, options: PageOptions) {
  const source = session.read()
  const { report } = source
  const { reuse } = options
  const run = timeless(
    await session.run(await session.bundle(source), {
      ...(reuse && { reuse: (store) => reuse(store, report) }),
      mayRun: !options.cached,
      // If several jobs fail, only the first gives a message, so they run in order.
      jobs: 1,
      earlier: () => undefined,
    }),
  )
  const assembly = await session.assemble(run)
  const { drawn } = assembly
  const pages = options.isPageless ? undefined : await session.typeset(assembly)
  if (pages) await run.cache.write()
  const { locked } = usedBy(run, drawn, run.store)
  return {
    page: {
      html: pages?.screen ?? '',
      print: pages?.print ?? '',
      figures: JSON.stringify(drawn),
      locked: JSON.stringify({ ...locked, environments: [] }),
    },
    files: pages?.files ?? report.files,
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

// Removes times, since they may differ between builds of the same sources.
function timeless(results: Run): Run {
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
