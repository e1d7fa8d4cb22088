import type { VFile } from 'vfile'
import type { Injected } from '../assemble/inject.ts'
import type { BundledReport } from '../bundle/bundle-report.ts'
import type { Parts } from '../cache/key.ts'
import type { ResultStore } from '../cache/result-store.ts'
import type { Store } from '../cache/store.ts'
import type { Results, RunOptions } from '../execute/run-report.ts'
import type { Chapter, Digest, Report, ReportTree, StoredResult } from '../model/types.ts'
import type { StoredBlockCache } from '../page/block-cache.ts'
import type { Pages as TwoPages } from '../page/to-pages.ts'
import type { Printed } from '../print/print.ts'
import type { Verified } from '../prove/verify-print.ts'
import type { GatheredProvenance } from '../provenance/gather-provenance.ts'
import type { Used } from '../results/used.ts'

/** A report as it was read: its files, and its trees with their cells and expressions. */
export interface Source {
  readonly report: Report
  readonly tree: ReportTree
}

/** What decides each result. */
export interface Program extends BundledReport {
  readonly source: Source
}

/** What decides a cell's result now, and the result that was there before it ran. */
export interface Started {
  readonly parts: Parts
  readonly previous: StoredResult | undefined
  /** Places that the previous result has read and whose content is different now. */
  readonly changedReads: readonly string[]
}

/** One result for each cell, job, value and claim. */
export interface Run extends Results {
  readonly source: Source
  readonly store: Store
  /** Of the cells that ran, by label. */
  readonly started: ReadonlyMap<string, Started>
  isAccepted(key: Digest): boolean
}

/** The results in their places: new trees with everything numbered. */
export interface Assembly extends Injected {
  readonly run: Run
  readonly cache: StoredBlockCache
}

/** The report as two HTML pages, and what they were made of. */
export interface Pages extends TwoPages {
  readonly assembly: Assembly
  /** With their citations formatted. */
  readonly chapters: readonly Chapter[]
  /** All that have messages: chapters, bibliography, style. */
  readonly files: readonly VFile[]
  readonly provenance: GatheredProvenance
}

/** The printed document, still without its attachments. */
export interface Print extends Printed {
  readonly elapsedMs: number
  /** Written into the document as its date. */
  readonly date: Date
  /** How much of the print was verified, if that was asked for. */
  readonly proved?: Verified
}

type Limits = Pick<RunOptions, 'heapMb' | 'jobs' | 'threads' | 'orderSeed'>
type Permissions = Pick<RunOptions, 'mayRun' | 'jobsMayRun' | 'evaluates'>

/** How a report is run; each command says what it needs. */
export interface RunSettings extends Limits, Permissions {
  /** Gives what may be reused of the stored results; all unless given. */
  readonly reuse?: (store: Store) => ResultStore
  /** Gives the earlier result of a label, to be shown as stale. That of the lock unless given. */
  readonly earlier?: (label: string) => StoredResult | undefined
  /** Says whether the result of a key is an accepted one; the mode does unless given. */
  readonly isAccepted?: (key: Digest) => boolean
}

/** How results are about to be accepted. */
export interface Publishing {
  /** Keeps the results themselves, not the numbers alone. */
  readonly keepsResults: boolean
}

/** What a build left in `dist`. */
export interface Written {
  readonly used: Used
  readonly pdfBytes: number
}
