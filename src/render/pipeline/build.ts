import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import type { VFile } from 'vfile'
import type { Answered } from '../assemble/requirements.ts'
import { reportFindings } from '../bundle/types/findings.ts'
import { reasonToCompute } from '../cache/key.ts'
import { writeOnly } from '../cache/result-store.ts'
import type { LockedProfile } from '../model/lock.ts'
import { failWarnings, hasErrors } from '../model/messages.ts'
import type { Paths } from '../model/paths.ts'
import type { ReportTree } from '../model/types.ts'
import type { SectionPages } from '../print/count-section-pages.ts'
import type { Verified } from '../prove/verify-print.ts'
import type { Used } from '../results/used.ts'
import { codeWords } from '../why/explain-parts.ts'
import type { Mode } from './mode.ts'
import type { Session } from './session.ts'
import type { Paper, Print, PrintSettings, Program, Publishing, Run, RunSettings } from './stages.ts'

export interface BuildSettings extends RunSettings {
  /** Makes every warning an error. */
  readonly isStrict?: boolean
  /** Verifies that the print contains every value, table cell and caption in its place. */
  readonly isProved?: boolean
  /** Writes the record as it will be after the results are accepted. */
  readonly publishing?: Publishing
  /** Runs everything, as if nothing were stored. */
  readonly rerun?: boolean
}

export interface Built {
  readonly isOk: boolean
  /** The files of the report, with their messages. */
  readonly files: readonly VFile[]
  /** The cells that ran, in document order. */
  readonly ran: readonly RanCell[]
  readonly paths: Paths
  readonly mode: Mode['name']
  readonly profile: string
  readonly pages: number
  /** Of each section whose pages are bounded, in order. */
  readonly sections: readonly SectionPages[]
  /** The requirements of the front matter with their answers. */
  readonly requirements: readonly Answered[]
  readonly pdfBytes: number
  readonly printedMs: number
  /** Whether the print is that of the last build, because its page is the same. */
  readonly isPrintKept: boolean
  readonly used: Used
  readonly tree: ReportTree
  readonly results: Run
  /** How much of the print was verified; set only with `isProved`. */
  readonly proved?: Verified
}

/**
 * Builds a report: takes every step of a session, one after the other. Faults of the report become messages on its
 * files, and the page is still written. Throws `Unreadable` if there is nothing to build, and other errors if the
 * machine prevents the build.
 *
 * @param bundled The result of `session.bundle`, if the caller already has it.
 */
export async function build(
  session: Session,
  { isStrict = false, isProved, publishing, rerun = false, ...settings }: BuildSettings = {},
  bundled?: Program,
): Promise<Built> {
  const { paths, mode } = session.options
  await session.warmUp()
  const source = bundled?.source ?? session.read()
  // Checked beside all other steps.
  const types = mode.types(source.tree)
  // Between steps the browser gets its answers.
  await turn()
  const program = bundled ?? (await session.bundle(source))
  await turn()
  const run = await session.run(program, rerun ? { ...fromNothing, ...settings } : settings)
  const { report, tree } = run.source
  await turn()
  const assembly = await session.assemble(run)
  await turn()
  const paper = await session.paper(assembly)
  const { printing } = await beginPrinting(session, paper, {
    isProved,
    isFresh: isProved || rerun || publishing !== undefined,
  })
  await mode.lint(tree, run)
  await turn()
  const pages = await paper.pages()
  const { used, pdfBytes } = await session.write(pages, printing, publishing)
  const print = await printing
  const files = [...pages.files, ...reportFindings(await types, tree, 'warnings')]
  if (isStrict) failWarnings(files)
  return {
    isOk: !hasErrors(files),
    files,
    ran: await listRanCells(run, { paths, accepted: mode.accepted(report), isAsked: rerun }),
    paths,
    mode: mode.name,
    profile: report.profile,
    pages: print.pages,
    sections: print.sections,
    requirements: assembly.requirements,
    pdfBytes,
    printedMs: print.elapsedMs,
    isPrintKept: print.isKept,
    used,
    tree,
    results: run,
    proved: print.proved,
  }
}

// The rest is done while the browser prints or plans, which takes longer. While it loads the page it would wait for us.
async function beginPrinting(session: Session, paper: Paper, settings: PrintSettings) {
  let printing: Promise<Print> | undefined
  await new Promise<void>((resolve) => {
    printing = session.print(paper, { ...settings, onBusy: resolve })
    // The build awaits it later; until then its rejection does not count as unhandled.
    printing.then(
      () => resolve(),
      () => resolve(),
    )
  })
  return { printing: printing! }
}

const fromNothing: RunSettings = { reuse: writeOnly, isAccepted: () => false }

/** A cell that ran, with the reason. */
interface RanCell {
  readonly label: string
  readonly reason: string
  readonly elapsedMs: number
  readonly jobs: number
}

interface Known {
  readonly paths: Paths
  readonly accepted: LockedProfile | undefined
  /** Whether everything ran because the user asked for it. */
  readonly isAsked: boolean
}

/** Lists the cells that ran, in document order, each with the reason. */
async function listRanCells(run: Run, known: Known): Promise<RanCell[]> {
  const ran = [...run.cells.values()].filter((result) => result.state === 'ran')
  return Promise.all(
    ran.map(async ({ cell: { label }, elapsedMs, jobs }) => {
      const reason = known.isAsked ? 'asked to' : await reasonToRun(label, run, known)
      return { label, reason, elapsedMs, jobs }
    }),
  )
}

async function reasonToRun(label: string, run: Run, { paths, accepted }: Known): Promise<string> {
  const { parts, previous, changedReads } = run.started.get(label)!
  const { params, root } = run.source.report
  if (!previous || parts.bundle === previous.parts.bundle)
    return reasonToCompute(parts, params, previous, undefined, changedReads)
  const code = { root, runFolder: join(paths.cache, 'run'), accepted: accepted?.sources ?? {} }
  const words = await codeWords(previous.parts.bundle!, run.bundles.get(label)!, code)
  return reasonToCompute(parts, params, previous, words, changedReads)
}
