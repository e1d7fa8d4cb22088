import type { Root, RootContent } from 'mdast'
import type { Position } from 'unist'
import type { VFile } from 'vfile'
import type { Cards } from './card-types.ts'
import type { Json } from './json.ts'
import type { Figure, Output, Table } from './output-types.ts'

export type { Position } from 'unist'
export type { Json } from './json.ts'
export type { Figure, Output, Prose, Scalar, Table, TableCell, TableColumn } from './output-types.ts'

/** A lower-case hexadecimal SHA-256. */
export type Digest = string

// --- Source ---

export type Echo = 'show' | 'fold' | 'hide'

/** How far a recomputed number may lie from the accepted one where it need not be equal. */
export interface Tolerance {
  /** Share of the accepted number. */
  readonly rel?: number
  /** In the unit of the raw number. */
  readonly abs?: number
}

export interface CellOptions {
  readonly echo: Echo
  /** Constant Markdown; the output's own caption and this one at once are an error. */
  readonly caption?: string
  /** Time of the cell's own work in milliseconds; waiting for a job does not count. */
  readonly timeoutMs: number
  readonly evaluate: boolean
  /** For the numbers that it shows, written `rel=1e-3 abs=0.002`. */
  readonly tolerance?: Tolerance
}

/** A fenced block `ts exec #label`: an ES module whose default export is shown. */
export interface Cell {
  readonly label: string
  readonly source: string
  readonly options: CellOptions
  /** The chapter it stands in, relative to the project's root. */
  readonly file: string
  /** Of the whole fence, in the chapter. */
  readonly position: Position
}

/** Code that is shown under a number: a plain fence with a label `lst-`. */
export interface Listing {
  readonly label: string
  readonly lang: string | null
  /** Constant Markdown. */
  readonly caption?: string
  readonly file: string
  readonly position: Position
}

/** One TypeScript expression of the prose: an inline value or the truth of a claim. */
export interface Expression {
  readonly kind: 'value' | 'claim'
  readonly source: string
  /** Written `{ts rel=1e-3 abs=0.002} expression`. */
  readonly tolerance?: Tolerance
  readonly file: string
  readonly position: Position
}

/** One Markdown file of a report, with its tree; messages are left on `file`. */
export interface Chapter {
  readonly file: VFile
  readonly tree: Root
}

export interface FrontMatter {
  readonly title: string
  readonly subtitle?: string
  readonly author: readonly string[]
  /** ISO 8601 day. */
  readonly date?: string
  readonly lang: string
  /** BibTeX file beside report.md. */
  readonly bibliography?: string
  /** CSL file beside report.md; the house style unless given. */
  readonly csl?: string
  /** A table of contents with lists of figures and tables before the first chapter. */
  readonly contents: boolean
  readonly chapters: readonly string[]
  readonly echo: Echo
  /** Profile name -> constants. */
  readonly params: { readonly [profile: string]: { readonly [name: string]: Json } }
}

export interface Report {
  /** Absolute: the nearest folder with a package.json, else the report's own. */
  readonly root: string
  /** Absolute folder of report.md. */
  readonly folder: string
  readonly profile: string
  readonly front: FrontMatter
  readonly params: { readonly [name: string]: Json }
  /** Reads a file of a report that is not trusted; undefined for one that is. Throws for one that it may not have. */
  readonly read?: (path: string, mostBytes?: number) => Uint8Array
  /** The same of sources of its project, whose paths are relative to its root. */
  readonly readSource?: (path: string) => Uint8Array
  /** report.md first, then the chapters that it names, in order. */
  readonly files: readonly VFile[]
}

/** A parsed report: trees whose cells, values and claims are marked (see syntax/marks.ts). */
export interface ReportTree {
  readonly report: Report
  readonly chapters: readonly Chapter[]
  readonly cells: readonly Cell[]
  readonly listings: readonly Listing[]
  readonly expressions: readonly Expression[]
}

// --- Execution ---

/** What esbuild made of a cell or a job: everything that decides its result, and no more. */
export interface Bundle {
  readonly label: string
  readonly code: string
  /** A source map for `code`, sources relative to the project's root. */
  readonly map: string
  /** Earlier exports that the code names. */
  readonly needs: readonly string[]
  /** Params that the code names. */
  readonly params: readonly string[]
  /** Installed packages that the code imports: name -> folder. */
  readonly packages: { readonly [name: string]: string }
  /** Files read for it, relative to the root -> digest of their bytes. */
  readonly inputs: { readonly [file: string]: Digest }
}

export interface Task {
  readonly kind: 'cell' | 'values' | 'job'
  readonly label: string
  /** For a task of the kind `job` or `cell`: names its frozen result. */
  readonly key: Digest
  readonly code: string
  readonly map: string
  readonly packages: { readonly [name: string]: string }
  /** Name -> JSON text: earlier exports (`earlier:NAME`), params (`param:NAME`), a job's own params (`params`, `seed`). */
  readonly input: { readonly [name: string]: string }
  readonly timeoutMs?: number
}

export interface JobRequest {
  /** Of the experiment's source, relative to the project's root. */
  readonly module: string
  /** Its export's name. */
  readonly name: string
  readonly params: Json
  readonly seed: number
}

export interface JobResult {
  readonly params: Json
  readonly result: Json
  readonly measured: { readonly [name: string]: Json }
}

/** How far a job is. */
export interface Progress {
  readonly label: string
  readonly epoch: number
  readonly epochs: number
  readonly loss?: number
}

/** What does the arithmetic of a job, as its process has opened it. */
export interface OpenedEngine {
  readonly name: string
  readonly version: string
  /** Threads that one job computes with, where the engine can say. */
  readonly threads?: number
  /** What its user should know, such as why it is not a faster one. */
  readonly note?: string
}

/** What a running task may ask of the build. */
export interface Host {
  /** The task has its slot. */
  started?(): void
  job(request: JobRequest): Promise<JobResult>
  openedEngine?(engine: OpenedEngine): void
  progress(step: Progress): void
  log(label: string, text: string): void
}

export interface Failure {
  /** `expected ..., found ...`; no stack. */
  readonly message: string
  /** As Node wrote it, positions already mapped to the sources. */
  readonly stack?: string
  readonly kind:
    | 'error'
    | 'time-out'
    | 'exit'
    | 'never-settled'
    | 'out-of-memory'
    | 'crash'
    | 'not-json'
    | 'aborted'
}

export type Outcome =
  | {
      readonly ok: true
      readonly shown: readonly Output[]
      readonly exports: { readonly [name: string]: Json }
      readonly measured: { readonly [name: string]: Json }
      /** Facts of the process that did the work, for the provenance. */
      readonly facts: { readonly [name: string]: string }
      readonly reads?: Reads
      readonly impure?: readonly Impurity[]
      readonly elapsedMs: number
    }
  | { readonly ok: false; readonly failure: Failure; readonly elapsedMs: number }

export interface Executor {
  run(task: Task, host: Host, signal?: AbortSignal): Promise<Outcome>
  close(): Promise<void>
}

/** SHA-256 of a file's bytes or of a folder's names; only whether something is there where no more was asked. */
export type ReadState = Digest | 'present' | 'absent'

/**
 * What a task asked of the file system: place -> what was there. A place is relative to the project's root, or begins
 * with `$WEFT_DATA/`.
 */
export type Reads = { readonly [place: string]: ReadState }

/** Something that a task's own code asked for and that differs from run to run, or from one machine to another. */
export interface Impurity {
  readonly kind: 'clock' | 'chance' | 'network' | 'machine' | 'program' | 'environment' | 'file'
  /** `Date.now`, `WEFT_LEVEL`, or the place of a file. */
  readonly what: string
  /** In the code of its bundle, both from 1: a source map leads to the source as it is now. */
  readonly line: number
  readonly column: number
}

export interface Provenance {
  readonly label: string
  readonly node: string
  readonly platform: string
  readonly cpu: string
  /** Name and version of what did the arithmetic, of a job. */
  readonly engine?: string
  /** Threads of arithmetic of a job, where the engine has a choice. */
  readonly threads?: number
  /** ISO 8601 instant. */
  readonly computedAt: string
  readonly elapsedMs: number
  /** Size of shown and exports as JSON. */
  readonly bytes: number
  /** Of a job: what was asked for. */
  readonly job?: JobRequest
  /** Keys of the jobs that a cell asked for. */
  readonly jobs?: readonly Digest[]
  /** Of a cell: the params that it names, to say later what changed. */
  readonly params?: { readonly [name: string]: Json }
  /** Of a job: whether it asked for its engine, as one that trains does. */
  readonly usesEngine?: boolean
  /** What it read through `node:fs`: its result is used only while that is unchanged. */
  readonly reads?: Reads
  /** What it asked for that nobody else can get; of a job neither the time nor the machine. */
  readonly impure?: readonly Impurity[]
}

/** A finished result as it is kept: one JSON file a key. */
export interface Frozen {
  readonly key: Digest
  /** Named digests; `key` is the digest of these. */
  readonly parts: { readonly [name: string]: Digest }
  /** Digest of the JSON of shown, exports and measured, in the order of their members. */
  readonly content: Digest
  readonly shown: readonly Output[]
  readonly exports: { readonly [name: string]: Json }
  readonly measured: { readonly [name: string]: Json }
  readonly provenance: Provenance
}

// --- The whole ---

/** Something a reader can be sent to. */
export interface Target {
  readonly label: string
  readonly kind: 'figure' | 'table' | 'equation' | 'section' | 'listing'
  /** Empty for a section without one. */
  readonly number: string
  /** Of a section. */
  readonly title?: string
  readonly file: string
  readonly position: Position
}

/** A figure as it was drawn: its id on the page, its specification and its SVG. */
export interface Drawn {
  readonly id: string
  readonly spec: Figure['spec']
  readonly svg: string
}

/** A table as it was set: its id on the page, and the table. */
export interface Tabled {
  readonly id: string
  readonly table: Table
}

/** A report with all its outputs in it, ready to be typeset. */
export interface Whole {
  readonly front: FrontMatter
  /** Shown on every page, such as that the data are stand-ins; empty for the published profile. */
  readonly notice: string
  readonly chapters: readonly Chapter[]
  readonly targets: readonly Target[]
  readonly drawn: readonly Drawn[]
  readonly tabled?: readonly Tabled[]
  /** Where its numbers come from, to be shown where a reader points. */
  readonly cards?: Cards
}

/** An mdast node that carries its own HTML: `data.hName`, `hProperties`, `hChildren`. */
export type Flow = RootContent
