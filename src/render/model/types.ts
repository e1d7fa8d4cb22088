import type { Root } from 'mdast'
import type { Position } from 'unist'
import type { VFile } from 'vfile'
import type { Cards } from './cards.ts'
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

/** Who wrote a report. */
export interface Author {
  readonly name: string
  /** As they are printed. */
  readonly affiliations: readonly string[]
  readonly email?: string
  /** `0000-0002-1825-0097`. */
  readonly orcid?: string
  readonly url?: string
  readonly isCorresponding?: true
}

/** Four lengths round a page. */
export interface Sides {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

/** Something that a report has to answer, such as a question of an assignment. */
export interface Requirement {
  readonly item: string
  /** Labels of sections, figures, tables, equations, listings or cells, and files of the project. */
  readonly answer: readonly string[]
  /** Words of a claim of the text that must hold. */
  readonly claim?: string
  /** How many printed pages the text of the answering sections may fill. */
  readonly pages?: number
}

export interface FrontMatter {
  readonly title: string
  readonly subtitle?: string
  readonly author: readonly Author[]
  /** Markdown, or the name of a Markdown file beside report.md (see syntax/abstract.ts). */
  readonly abstract?: string
  readonly keywords?: readonly string[]
  /** ISO 8601 day, `today` or `last-modified`. */
  readonly date?: string
  readonly lang: string
  /** BibTeX files beside report.md. */
  readonly bibliography?: readonly string[]
  /** CSL file beside report.md; Weft's own style by default. */
  readonly csl?: string
  /** Installed @fontsource packages with letters that the page's fonts lack. */
  readonly fonts?: readonly string[]
  /** A table of contents before the first chapter. */
  readonly contents: boolean
  /** Levels of headings in the contents; 3 by default. */
  readonly contentsDepth?: number
  /** A list of figures, a list of tables. */
  readonly lof?: boolean
  readonly lot?: boolean
  /** Whether the title has a printed page of its own. */
  readonly titlepage?: boolean
  /** Where chapters begin in print: where the last one ends, or on a page of their own. */
  readonly chapterbreak?: 'none' | 'page'
  /** Whether headings have numbers; by default those of chapters alone. */
  readonly numbersections?: boolean
  /** Width and height of the paper; A4 by default. */
  readonly paperMm?: readonly [width: number, height: number]
  readonly marginsMm?: Partial<Sides>
  /** Size of the text in print. */
  readonly fontPt?: number
  /** Factor of the distance between lines. */
  readonly linestretch?: number
  /** Columns of the text in print. */
  readonly columns?: 1 | 2
  /** Whether straight quotes, `--` and `...` in prose become typographic ones; by default they do. */
  readonly smart?: boolean
  /** Whether figures and tables may move in print; they do if it is not given. */
  readonly floats?: boolean
  /** Style sheets beside report.md. */
  readonly css?: readonly string[]
  readonly chapters: readonly string[]
  /** The chapters of its Jupyter notebook; all by default. */
  readonly notebook?: readonly string[]
  /** Parts the HTML into a page for each chapter; the PDF stays one document. */
  readonly split?: 'chapters'
  /** Lets HTML of the report hold programs; without it they are left out of the page. */
  readonly html?: 'trusted'
  /** What the report has to answer, in the order of whoever asks. */
  readonly requirements?: readonly Requirement[]
  /** How its jobs run on a Slurm cluster. */
  readonly slurm?: SlurmSettings
  /** Patterns of the files that `weft submission` hands in beside the report's own; all by default. */
  readonly submission?: readonly string[]
  readonly echo: Echo
  /** Profile name -> constants. */
  readonly params: { readonly [profile: string]: { readonly [name: string]: Json } }
}

/** What a task of a Slurm array asks for; what is not given is the cluster's default. */
export interface SlurmSettings {
  readonly partition?: string
  readonly account?: string
  /** The longest time of a task, as `sbatch --time` takes it. */
  readonly time?: string
  /** Of a task, as `sbatch --mem` takes it: `4G`. */
  readonly memory?: string
  /** Processors of a task; as many as a job has threads unless given. */
  readonly cpus?: number
  /** Of a task, as `sbatch --gpus` takes it: `1`, `a100:2`. */
  readonly gpus?: string
  /** The most tasks that run at once. */
  readonly tasks?: number
  /** Further options of `sbatch`, which win over the others. */
  readonly flags?: readonly string[]
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
