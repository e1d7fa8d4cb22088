import type { VFile } from 'vfile'
import type { Injected } from '../assemble/inject.ts'
import type { BundledReport } from '../bundle/bundle-report.ts'
import type { Parts } from '../cache/key.ts'
import type { ResultStore } from '../cache/result-store.ts'
import type { Store } from '../cache/store.ts'
import type { Awaiting } from '../execute/run-cells.ts'
import type { Results, RunOptions } from '../execute/run-report.ts'
import type { Chapter, Digest, Report, ReportTree, SlurmSettings, StoredResult } from '../model/types.ts'
import type { StoredBlockCache } from '../page/block-cache.ts'
import type { PageParts } from '../page/page-parts.ts'
import type { SplitFile } from '../page/split/split-page.ts'
import type { Printed } from '../print/print.ts'
import type { Verified } from '../prove/verify-print.ts'
import type { GatheredProvenance } from '../provenance/gather-provenance.ts'
import type { Used } from '../results/used.ts'

/** A report after reading: its files, and its trees with their cells and expressions. */
export interface Source {
  readonly report: Report
  readonly tree: ReportTree
}

/** The code that decides each result. */
export interface Program extends BundledReport {
  readonly source: Source
}

/** The parts that decide a cell's result now, and its result before it ran. */
export interface Started {
  readonly parts: Parts
  readonly previous: StoredResult | undefined
  /** Places that the previous result read and whose content has changed since. */
  readonly changedReads: readonly string[]
}

/** One result for each cell, job, value and claim. */
export interface Run extends Results {
  readonly source: Source
  readonly store: Store
  /** Markup and values that earlier builds stored. */
  readonly cache: StoredBlockCache
  /** The cells that ran, by label. */
  readonly started: ReadonlyMap<string, Started>
  isAccepted(key: Digest): boolean
}

/** The results in their places: new trees in which everything is numbered. */
export interface Assembly extends Injected {
  readonly run: Run
}

/** The report as two HTML pages, with the data that they were made from. */
export interface Pages {
  readonly screen: string
  /** The same in regions. */
  readonly parts: PageParts
  /** The same as files, one a chapter and what they share, if the front matter asks for it. */
  readonly split?: readonly SplitFile[]
  /** The same without what only a screen needs: folded code, buttons, scripts. */
  readonly print: string
  readonly assembly: Assembly
  /** The chapters with formatted citations. */
  readonly chapters: readonly Chapter[]
  /** All files that can have messages: chapters, bibliography, style. */
  readonly files: readonly VFile[]
  readonly provenance: GatheredProvenance
}

/** The page for paper, which can be printed while the other one is made. */
export interface Paper {
  readonly print: string
  readonly assembly: Assembly
  /** Makes the page on a screen too. */
  pages(): Promise<Pages>
}

/** The page on a screen as a reader sees it change: what takes long is as it was on the last page. */
export interface Draft {
  readonly parts: PageParts
  readonly run: Run
  /** All files that have messages so far. */
  readonly files: readonly VFile[]
}

/** The printed document, before attachments are added. */
export interface Print extends Printed {
  readonly elapsedMs: number
  /** The date that the document states. */
  readonly date: Date
  /** How much of the print was verified; set only with `isProved`. */
  readonly proved?: Verified
  /** Whether the last build made it of the same page. */
  readonly isKept: boolean
}

type Limits = Pick<RunOptions, 'heapMb' | 'jobs' | 'threads' | 'orderSeed'>
type Permissions = Pick<RunOptions, 'mayRun' | 'jobsMayRun' | 'evaluates' | 'workers' | keyof Awaiting>

/** How to run a report; each command sets what it needs. */
export interface RunSettings extends Limits, Permissions {
  /** Runs jobs on a Slurm cluster, with these settings before those of the front matter. Default: on this machine. */
  readonly slurm?: { readonly settings: SlurmSettings; readonly isFresh: boolean }
  /** Gives the stored results that may be reused. Default: all. */
  readonly reuse?: (store: Store) => ResultStore
  /** Gives the earlier result of a label, to show it as stale. Default: the result in the lock. */
  readonly earlier?: (label: string) => StoredResult | undefined
  /** Says whether the result with this key is accepted. Default: the mode decides. */
  readonly isAccepted?: (key: Digest) => boolean
}

/** How to print. */
export interface PrintSettings {
  /** Verifies that the print contains every value, table cell and caption in its place. */
  readonly isProved?: boolean
  /** Prints in any case. Otherwise the last print of the same page is taken, unless it is to be verified. */
  readonly isFresh?: boolean
  /** Called when the browser begins to plan or to print. Until then it waits for each answer, afterwards for few. */
  readonly onBusy?: () => void
}

/** How the results will be accepted. */
export interface Publishing {
  /** Stores the results themselves, not only the numbers. */
  readonly keepsResults: boolean
}

/** What a build wrote to `dist`. */
export interface Written {
  readonly used: Used
  readonly pdfBytes: number
}
