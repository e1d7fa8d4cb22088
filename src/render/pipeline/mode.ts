import type { BundledReport } from '../bundle/bundle-report.ts'
import type { Store } from '../cache/store.ts'
import type { Results, RunOptions } from '../execute/run-report.ts'
import type { LockedProfile } from '../model/lock.ts'
import type { Digest, Drawn, Report, ReportTree } from '../model/types.ts'
import type { Drawings } from '../output/draw/draw-once.ts'
import type { StoredBlockCache } from '../page/block-cache.ts'
import type { Safety } from '../page/to-pages.ts'

/**
 * The steps that depend on who vouches for a report. `openAuthorMode` trusts it; `openUntrusted` executes nothing of
 * it. Everything else is the same for both.
 */
export interface Mode {
  readonly name: 'author' | 'untrusted'
  /** Shown on every page; empty for a report whose author builds it. */
  readonly notice: string
  /** Reads and parses. Throws `Unreadable`, with messages on its files, if that is not possible. */
  read(): ReportTree
  bundle(tree: ReportTree): Promise<BundledReport>
  /** Gives what was last accepted of the report's profile. */
  accepted(report: Report): LockedProfile | undefined
  /** Gives the keys of the last build on this machine, by label. */
  lastKeys(report: Report): { readonly [label: string]: Digest }
  /** Opens the stored results. Each run opens them again, since what they have read may have changed. */
  store(report: Report): Store
  /** Gives every cell, job and expression its result. */
  run(tree: ReportTree, bundled: BundledReport, options: RunOptions): Promise<Results>
  /** Says whether the result of a key is an accepted one. */
  isAccepted(key: Digest): boolean
  /** Reports numbers that were typed where they should be computed. */
  lint(tree: ReportTree, results: Results, options: { readonly isStrict: boolean }): void
  /** Gives the markup that earlier builds left. */
  readCache(report: Report): Promise<StoredBlockCache>
  /** Draws figures in another process; in this one unless given. */
  readonly drawings?: Drawings
  /** Whether the print may carry the lock, the bibliography and the sources. */
  readonly carriesProject: boolean
  /** Gives what keeps the page harmless; undefined if the report is trusted. */
  safety(report: Report, drawn: readonly Drawn[]): Safety | undefined
  close(): void
}
