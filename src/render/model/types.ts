import type { Root } from 'mdast'
import type { Position } from 'unist'
import type { VFile } from 'vfile'
import type { Cards } from './cards.ts'
import type { Echo, FrontMatter } from './front-matter-types.ts'
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
  Author,
  Echo,
  FrontMatter,
  Requirement,
  Sides,
  SlurmSettings,
} from './front-matter-types.ts'
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

/** How far a recomputed number may differ from the accepted one, if equality is not required. */
export interface Tolerance {
  /** Share of the accepted number. */
  readonly rel?: number
  /** In the unit of the raw number. */
  readonly abs?: number
}

export interface CellOptions {
  readonly echo: Echo
  /** Constant Markdown; a caption here and one of the output's own together are an error. */
  readonly caption?: string
  /** Whether its figures and tables go across the margin: `.wide`. */
  readonly isWide?: true
  /** Where its figures and tables stand in print, if the print is not to decide. */
  readonly placement?: 'here' | 'top' | 'page'
  /** Numbers of the lines of its code that are marked, from 1: `2,4-6`. */
  readonly lines?: string
  /** The name of a file above its code. */
  readonly title?: string
  /** Time limit of the cell's own work in milliseconds; waiting for a job does not count. */
  readonly timeoutMs: number
  readonly evaluate: boolean
  /** Tolerance of the numbers that it shows, written `rel=1e-3 abs=0.002`. */
  readonly tolerance?: Tolerance
}

/** A fenced block `ts exec #label`: an ES module whose default export is shown. */
export interface Cell {
  readonly label: string
  readonly lang: 'ts' | 'tsx' | 'js' | 'jsx'
  readonly source: string
  readonly options: CellOptions
  /** Its chapter, relative to the project's root. */
  readonly file: string
  /** Position of the whole fence in the chapter. */
  readonly position: Position
}

/** Numbered code: a plain fence with an `lst-` label. */
export interface Listing {
  readonly label: string
  readonly lang: string | null
  /** Constant Markdown. */
  readonly caption?: string
  readonly file: string
  readonly position: Position
}

/** One TypeScript expression in the prose: an inline value or the condition of a claim. */
export interface Expression {
  /**
   * Unique in a report, and the same in every build: made from the block that holds it and its place in that block
   * (see syntax/expression-ids.ts).
   */
  readonly id: string
  readonly kind: 'value' | 'claim'
  readonly source: string
  /** Written `{ts rel=1e-3 abs=0.002} expression`. */
  readonly tolerance?: Tolerance
  readonly file: string
  readonly position: Position
}

/** One Markdown file of a report, with its tree; `file` collects the messages. */
export interface Chapter {
  readonly file: VFile
  readonly tree: Root
}

/**
 * Reads the files of a report. The mode decides which files may be read: every method throws `UntrustedInputError`
 * for a file that an untrusted report may not have, and Node's own error for an absent file.
 */
export interface Reader {
  /**
   * Reads report.md or a chapter by its name relative to the report's folder. Throws `OutsideFolder` for a chapter
   * outside it.
   */
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

/** The options of each register, by the name in `of=`. */
export type RegisterForms = Readonly<Record<string, RegisterForm>>

export interface RegisterForm {
  /** Attributes that it accepts besides `of`, `id` and `caption`. */
  readonly options: readonly string[]
  /** Whether it is a table, which may have an id and a caption. */
  readonly isTable: boolean
}

/** A parsed report: trees whose cells, values and claims are marked (see syntax/marks.ts). */
export interface ReportTree {
  readonly report: Report
  readonly chapters: readonly Chapter[]
  readonly cells: readonly Cell[]
  readonly listings: readonly Listing[]
  readonly expressions: readonly Expression[]
  /** The registers that the report can use, as declared by the code that fills them. */
  readonly registers: RegisterForms
}

// --- The rendered report ---

/** Something that a cross-reference can point to. */
export interface Target {
  readonly label: string
  readonly kind: 'figure' | 'table' | 'equation' | 'section' | 'listing'
  /** Empty for an unnumbered section. */
  readonly number: string
  /** Title of a section. */
  readonly title?: string
  /** The letter of a figure that shares the number of others: `a` of Figure 3 (a). */
  readonly part?: string
  readonly file: string
  readonly position: Position
}

/** A drawn figure: its id on the page, its specification and its SVG. */
export interface Drawn {
  readonly id: string
  readonly spec: Figure['spec']
  readonly svg: string
}

/** A table on the page: its id and its data. */
export interface Tabled {
  readonly id: string
  readonly table: Table
}

/** A report with all its outputs in it, ready to be typeset. */
export interface RenderedReport {
  /** Its date is a day. */
  readonly front: FrontMatter
  /** The style sheets of the report, with all that they name. */
  readonly css?: string
  /** A notice for every page, for example that the data are placeholders; empty for the published profile. */
  readonly notice: string
  readonly chapters: readonly Chapter[]
  readonly targets: readonly Target[]
  readonly drawn: readonly Drawn[]
  readonly tabled?: readonly Tabled[]
  /** The origins of its numbers, shown when a reader points at one. */
  readonly cards?: Cards
}
