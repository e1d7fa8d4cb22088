/** Words of the lists that a report is given by `::register`, in one language. Counts come with their digits grouped. */
export interface RegisterWords {
  /** Before and after what has no result: `2 cells (#a, #b) and 1 job`. */
  readonly incomplete: readonly [before: string, after: string]
  readonly cellCount: Count
  readonly seedCount: Count
  readonly valueCount: Count
  readonly elementCount: Count
  readonly characterCount: Count
  readonly fileCount: Count
  readonly lineCount: Count
  readonly seed: (seed: string) => string
  /** Where a place before any heading is. */
  readonly frontPage: string
  readonly jobs: JobsWords
  readonly claims: ClaimsWords
  readonly data: DataWords
  readonly machine: MachineWords
  readonly packages: PackagesWords
  readonly sources: SourcesWords
  readonly checklist: ChecklistWords
  readonly requirements: RequirementsWords
}

/** Writes a count with its noun. */
export type Count = (count: number, written?: string) => string

interface JobsWords {
  readonly none: string
  readonly experiment: string
  readonly parameters: string
  readonly runs: string
  readonly caption: string
  /** Heads the parameters that all experiments of a group share. */
  readonly shared: string
  /** Stands before the parameters whose values differ from job to job. */
  readonly varied: string
}

interface ClaimsWords {
  readonly none: string
  readonly claim: string
  readonly testedBy: string
  readonly holds: string
  readonly unknown: string
  readonly caption: string
  /** Of the print, which leaves the list out. */
  readonly elsewhere: (claims: string) => string
  readonly difference: (value: string) => string
  readonly interval: (value: string, low: string, high: string) => string
  readonly held: (percent: string, redraws: string) => string
}

interface DataWords {
  readonly none: string
  readonly fact: string
  readonly value: string
  readonly caption: string
  readonly images: string
  readonly split: string
  readonly cleaning: string
  readonly source: string
  readonly licence: string
  readonly files: string
  readonly usedBy: string
  readonly described: string
  readonly nowhere: string
  readonly bytes: Count
  /** Names of splits that data sets give in English. */
  readonly splits: { readonly train: string; readonly validation: string; readonly test: string }
}

interface MachineWords {
  readonly none: string
  readonly results: string
  readonly caption: string
  readonly facts: {
    readonly node: string
    readonly platform: string
    readonly cpu: string
    readonly engine: string
    readonly threads: string
    readonly computedAt: string
  }
}

interface PackagesWords {
  readonly version: string
  readonly another: string
  readonly caption: string
}

interface SourcesWords {
  readonly none: string
  readonly gone: string
  /** Of the print, which leaves the listings out. */
  readonly elsewhere: (files: string, lines: string) => string
  /** The same where the files are not attached to the print. */
  readonly onScreen: (files: string, lines: string) => string
}

/** Ids of the questions of the checklist. */
export type ChecklistItem =
  | 'models'
  | 'assumptions'
  | 'claims'
  | 'statistics'
  | 'splits'
  | 'cleaning'
  | 'download'
  | 'code'
  | 'dependencies'
  | 'command'
  | 'ranges'
  | 'selection'
  | 'runs'
  | 'variation'
  | 'bars'
  | 'runtime'
  | 'energy'
  | 'infrastructure'

interface ChecklistWords {
  readonly item: string
  readonly answer: string
  readonly caption: string
  readonly groups: {
    readonly models: string
    readonly data: string
    readonly code: string
    readonly results: string
  }
  readonly questions: { readonly [item in ChecklistItem]: string }
  readonly unanswered: string
  /** Stands before the names of sections. */
  readonly see: string
  readonly answers: {
    readonly models: Count
    readonly claims: (all: string, hold: string) => string
    readonly untold: (claims: string) => string
    readonly pinned: Count
    readonly published: (splits: string) => string
    readonly code: (cells: string, files: string, listed: string) => string
    readonly command: (results: string) => string
    readonly stale: string
    readonly varied: Count
    readonly runs: (runs: string, settings: string, repeated: string) => string
    readonly variation: (values: string, entries: string) => string
    readonly bars: (figures: string, all: string) => string
    readonly runtime: (runs: string, cells: string) => string
    readonly cellsAlone: (cells: string) => string
  }
}

interface RequirementsWords {
  readonly none: string
  readonly requirement: string
  readonly answer: string
  readonly caption: string
  /** Of a requirement, or of one of its answers. */
  readonly unanswered: string
  /** Stand before the words of a claim. */
  readonly claim: { readonly yes: string; readonly no: string; readonly unknown: string }
  readonly pages: Count
}
