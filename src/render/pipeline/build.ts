import type { VFile } from 'vfile'
import { writeOnly } from '../cache/result-store.ts'
import { hasErrors } from '../model/messages.ts'
import type { Paths } from '../model/paths.ts'
import type { ReportTree } from '../model/types.ts'
import type { Verified } from '../prove/verify-print.ts'
import type { Used } from '../results/used.ts'
import type { Mode } from './mode.ts'
import { listRanCells, type RanCell } from './ran-cells.ts'
import type { Session } from './session.ts'
import type { Program, Publishing, Run, RunSettings } from './stages.ts'

export interface BuildSettings extends RunSettings {
  /** Numbers that were typed, not computed, are errors. */
  readonly isStrict?: boolean
  /** Verifies that every value, table cell and caption is found in the print, in its place. */
  readonly isProved?: boolean
  /** Writes the record as it will be once the results are accepted. */
  readonly publishing?: Publishing
  /** Runs everything, as if nothing were stored. */
  readonly rerun?: boolean
}

export interface Built {
  readonly isOk: boolean
  /** With their messages. */
  readonly files: readonly VFile[]
  /** In document order. */
  readonly ran: readonly RanCell[]
  readonly paths: Paths
  readonly mode: Mode['name']
  readonly profile: string
  readonly pages: number
  readonly pdfBytes: number
  readonly printedMs: number
  readonly used: Used
  readonly tree: ReportTree
  readonly results: Run
  /** How much of the print was verified, if that was asked for. */
  readonly proved?: Verified
}

/**
 * Builds a report: every step of a session, one after the other.
 * What is wrong with the report is a message on its files, and the page is written all the same.
 * Throws `Unreadable` if there is nothing to build, and other errors if the machine is in the way.
 *
 * @param bundled What `session.bundle` gave, if that is known already.
 */
export async function build(
  session: Session,
  { isStrict = false, isProved, publishing, rerun = false, ...settings }: BuildSettings = {},
  bundled?: Program,
): Promise<Built> {
  const { paths, mode } = session.options
  session.warmUp()
  const program = bundled ?? (await session.bundle(session.read()))
  const run = await session.run(program, rerun ? { ...fromNothing, ...settings } : settings)
  const { report, tree } = run.source
  mode.lint(tree, run, { isStrict })
  const assembly = await session.assemble(run)
  const pages = await session.typeset(assembly)
  const print = await session.print(pages, isProved)
  const { used, pdfBytes } = await session.write(pages, print, publishing)
  return {
    isOk: !hasErrors(pages.files),
    files: pages.files,
    ran: await listRanCells(run, { paths, accepted: mode.accepted(report), isAsked: rerun }),
    paths,
    mode: mode.name,
    profile: report.profile,
    pages: print.pages,
    pdfBytes,
    printedMs: print.elapsedMs,
    used,
    tree,
    results: run,
    proved: print.proved,
  }
}

const fromNothing: RunSettings = { reuse: writeOnly, isAccepted: () => false }
