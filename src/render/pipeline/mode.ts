import type { BundledReport } from '../bundle/bundle-report.ts'
import type { Finding } from '../bundle/types/findings.ts'
import type { Store } from '../cache/store.ts'
import type { Results, RunOptions } from '../execute/run-report.ts'
import type { LockedProfile } from '../model/lock.ts'
import type { Memory } from '../model/memory.ts'
import type { Rest } from '../model/rest.ts'
import type { Digest, Drawn, Report, ReportTree } from '../model/types.ts'
import type { Diagrams, DrawFigure } from '../output/draw/draw-once.ts'
import type { StoredBlockCache } from '../page/block-cache.ts'
import type { Safety } from '../page/lay-pages.ts'

/**
 * The steps that depend on whether a report is trusted. `openAuthorMode` trusts it; `openUntrustedMode` runs no code of
 * it. All other steps are the same for both.
 */
export interface Mode {
  readonly name: 'author' | 'untrusted'
  /** Notice on every page; empty for a trusted report. */
  readonly notice: string
  /**
   * Reads and parses the report. Throws `Unreadable`, with messages on its files, if that fails.
   *
   * @param memory Of earlier reads: what they parsed is not parsed again.
   */
  read(memory?: Memory): ReportTree
  bundle(tree: ReportTree): Promise<BundledReport>
  /** Checks the types of cells, values and claims, in another thread. */
  types(tree: ReportTree): Promise<readonly Finding[]>
  /** Gives the last accepted state of the report's profile. */
  accepted(report: Report): LockedProfile | undefined
  /** Gives the keys of the last build on this machine, by label. */
  lastKeys(report: Report): { readonly [label: string]: Digest }
  /** Opens the stored results. Each run opens them again, since the files that they read may have changed. */
  store(report: Report): Store
  /** Computes or reuses a result for every cell, job and expression. */
  run(tree: ReportTree, bundled: BundledReport, options: RunOptions): Promise<Results>
  /** Says whether the result with this key is accepted. */
  isAccepted(key: Digest): boolean
  /** Reports numbers that were typed but should be computed. */
  lint(tree: ReportTree, results: Results, rest?: Rest): Promise<void>
  /** Reads the markup that earlier builds stored. */
  readCache(report: Report): Promise<StoredBlockCache>
  /** Draws figures in another process. */
  readonly draw: DrawFigure
  /** Draws diagrams in a browser; undefined if the report is not trusted. */
  readonly diagrams?: Diagrams
  /** Reads the style sheets of the report; none are taken unless it is trusted. */
  styleSheets(report: Report): string
  /** Whether git may be asked for the day of the last change: a repository can have programs of its own run. */
  readonly mayAskGit: boolean
  /** Whether the print may contain the lock, the bibliography and the sources. */
  readonly carriesProject: boolean
  /** Gives the restrictions that make the page safe; undefined if the report is trusted. */
  safety(report: Report, drawn: readonly Drawn[]): Safety | undefined
  close(): void
}
