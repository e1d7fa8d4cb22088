import type { Json } from './output-types.ts'

export type Echo = 'show' | 'fold' | 'hide'

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
