import type { Root } from 'mdast'
import type { Position } from 'unist'
import type { VFile } from 'vfile'

import type { Figure, Json, Table } from './output-types.ts'

export type { Position } from 'unist'
export type {
  Bundle,
  Executor,
  Failure,
  Host,
  Impurity,
  JobRequest,
  JobResult,
  OpenedEngine,
  Outcome,
  Progress,
  Provenance,
  ReadState,
  Reads,
  StoredResult,
  Task,
} from './execution-types.ts'
export type {
  Digest,
  Figure,
  Json,
  Output,
  Prose,
  Scalar,
  Table,
  TableCell,
  TableColumn,
} from './output-types.ts'

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
  /** Unique in a report, and the same in every build: the block that it stands in and its place there (see syntax/expression-ids.ts). */
  readonly id: string
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

/**
 * Reads the files of a report. The mode decides what may be read: every method throws `UntrustedInputError` for what a report that is
 * not trusted may not have, and Node's own error for a file that is not there.
 */
export interface Reader {
  /** Reads report.md or a chapter by its name relative to the report's folder. Throws `OutsideFolder` for one elsewhere. */
  readChapter(name: string): Uint8Array
  /** Reads any other file that the report names, relative to its folder. */
  read(name: string, mostBytes?: number): Uint8Array
  /** Reads a source of the project by its path relative to the root. */
  readSource(path: string): Uint8Array
  /** Throws `UntrustedInputError` if the `@string` texts of a bibliography may not be resolved. */
  checkStrings(strings: readonly string[]): void
}

export interface Report {
  /** Absolute: the nearest folder with a package.json, else the report's own. */
  readonly root: string
  /** Absolute folder of report.md. */
  readonly folder: string
  readonly profile: string
  readonly front: FrontMatter
  readonly params: { readonly [name: string]: Json }
  readonly reader: Reader
  /** report.md first, then the chapters that it names, in order. */
  readonly files: readonly VFile[]
}

/** What may be asked of registers, by the name in `of=`. */
export type RegisterForms = Readonly<Record<string, RegisterForm>>

export interface RegisterForm {
  /** Attributes that it takes besides `of`, `id` and `caption`. */
  readonly options: readonly string[]
  /** Whether it is a table: then it may have an id and a caption. */
  readonly isTable: boolean
}

/** A parsed report: trees whose cells, values and claims are marked (see syntax/marks.ts). */
export interface ReportTree {
  readonly report: Report
  readonly chapters: readonly Chapter[]
  readonly cells: readonly Cell[]
  readonly listings: readonly Listing[]
  readonly expressions: readonly Expression[]
  /** The registers that it may ask for, as whoever fills them declares. */
  readonly registers: RegisterForms
}

// --- The rendered report ---

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
export interface RenderedReport {
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

/** Where the numbers of a page come from, in the words of the cards that it shows; numbers are places in `texts`. */
export interface Cards {
  readonly texts: readonly string[]
  /** Of each expression that came to something, by its id: the `data-value` of its element. */
  readonly values: { readonly [id: string]: CardValue }
  /** Id of a table, figure or plain output -> place in `grounds`. */
  readonly outputs: { readonly [id: string]: number }
  readonly grounds: readonly CardDependencies[]
}

/** The expression, what is behind its text, and its place in `grounds`. */
export type CardValue = readonly [source: number, behind: number, ground: number]

/** What some numbers rest on. */
export interface CardDependencies {
  /** Label of each cell, and the place of its code. */
  readonly cells: readonly (readonly [label: number, place: number])[]
  /** A title with its lines. */
  readonly rows: readonly (readonly number[])[]
}
