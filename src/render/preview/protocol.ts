// What the server and the page say to each other over the socket, as JSON. Imports nothing of Node: the page has it too.

/** A region of a page: the run that it is in, and its number there, both from 0. */
export interface RegionPlace {
  readonly run: number
  readonly index: number
}

/** The markup of one region of a new page, and the region of the old page that becomes it, if one does. */
export interface NewRegion {
  readonly html: string
  /** Number in the old run. */
  readonly from?: number
}

/** Regions of a run that others take the place of. */
export interface Hunk {
  /** Number of the first one in the old run. */
  readonly at: number
  readonly removed: number
  readonly added: readonly NewRegion[]
}

/** What a page must change to become another version. */
export interface Patch {
  readonly from: string
  readonly to: string
  /** Hunks of each run that changed, in order. */
  readonly runs: readonly { readonly run: number; readonly hunks: readonly Hunk[] }[]
  /**
   * The new elements of pieces that no reader sees: `fonts`, `running` (titles of printed pages), `cards`, and
   * `spec:FIGURE`, the data of a figure. Empty: there is none any more.
   */
  readonly pieces: { readonly [id: string]: string }
  /** Digests of the programs that the new page has: a page that lacks one must be loaded again. */
  readonly programs: readonly string[]
  /** Where the author changed the text: the page scrolls there if that is out of sight. */
  readonly changed?: RegionPlace
}

/** A message of the report. */
export interface Message {
  /** Relative to the project's root. */
  readonly file: string
  readonly line?: number
  readonly column?: number
  readonly reason: string
  readonly rule?: string
  readonly kind: 'error' | 'warning' | 'pending'
  /** The region that it is about. */
  readonly region?: RegionPlace
}

/** How a cell is doing; times in milliseconds. */
export interface CellState {
  /**
   * `waiting`: for a slot or for another cell; `asks`: it lacks jobs that take long, and runs when its author says so;
   * `done`: its result is current.
   */
  readonly state: 'running' | 'waiting' | 'asks' | 'failed' | 'done'
  /** Since the epoch. */
  readonly startedAt?: number
  /** How long the jobs that it lacks took the last time. */
  readonly lastMs?: number
  /** How many jobs it lacks. */
  readonly jobs?: number
  /** How long it ran. */
  readonly elapsedMs?: number
  readonly job?: JobState
}

/** How far the jobs of a cell are. */
export interface JobState {
  readonly label: string
  readonly done: number
  readonly total: number
  /** What is counted: `epochs` of one job, or `jobs`. */
  readonly unit?: string
  readonly secondsLeft?: number
  /** Of the job that progressed last, at most 200 points of all its epochs. */
  readonly loss?: readonly number[]
}

/** What the preview is doing. */
export interface Status {
  /** `old`: the page is that of an earlier build, and the present one is being made. */
  readonly state: 'old' | 'updating' | 'current' | 'unreadable' | 'broken'
  /** Why, of the last two. */
  readonly reason?: string
}

export type PrintState =
  | { readonly state: 'printing'; readonly startedAt: number; readonly lastMs?: number }
  | {
      readonly state: 'printed'
      readonly pages: number
      readonly bytes: number
      readonly elapsedMs: number
      readonly path: string
    }
  | { readonly state: 'failed'; readonly reason: string }

/** What the server says. */
export type ServerMessage =
  | { readonly type: 'patch'; readonly patch: Patch }
  /** New pieces of a page of a version that no reader sees. */
  | { readonly type: 'pieces'; readonly version: string; readonly pieces: Patch['pieces'] }
  /** The frame of the page changed, or the page has a version that the server does not know. */
  | { readonly type: 'reload' }
  | { readonly type: 'status'; readonly status: Status }
  | { readonly type: 'messages'; readonly version: string; readonly messages: readonly Message[] }
  /** @property cells label -> state; null for a cell without one. */
  | { readonly type: 'cells'; readonly cells: { readonly [label: string]: CellState | null } }
  | { readonly type: 'print'; readonly print: PrintState }
  /** What became of a wish to open the editor: a link if no editor was found. */
  | { readonly type: 'opened'; readonly place: string; readonly editor?: string; readonly link?: string }
  /** A wish that was not fulfilled, and why. */
  | { readonly type: 'refused'; readonly reason: string }

/** What a page says. */
export type ClientMessage =
  /** Opens a region in the editor, some lines after its first. */
  | {
      readonly type: 'open'
      readonly version: string
      readonly region: RegionPlace
      readonly lines?: number
    }
  | {
      readonly type: 'open-place'
      readonly file: string
      readonly line?: number
      readonly column?: number
    }
  | { readonly type: 'print' }
  | { readonly type: 'run'; readonly label: string }

/** What the page of a preview knows from the start, as JSON in a script of the class `weft-preview`. */
export interface PageSettings {
  readonly version: string
  readonly token: string
  /** Regions of each run. Empty: the page has no marks, and no patch fits it. */
  readonly runs: readonly number[]
  /** Digests of its programs. */
  readonly programs: readonly string[]
}

/** Comments of the page round its regions: before a run, before each of its regions, and after the run. */
export const marks = { run: 'weft-run', region: 'weft-region', end: 'weft-end' } as const
