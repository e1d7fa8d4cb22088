import type { Random } from '../../src/statistics/random.ts'
import type { Running } from './command.ts'
import type { Place } from './project.ts'

/** What a project has before a round. */
export type State =
  /** Nothing but its sources. */
  | 'new'
  /** An accepted edition, then an edit: some jobs are stored, some are new. */
  | 'edited'
  /** The edited report built: every result is stored. */
  | 'built'

/** A round under way. */
export interface Disturbed {
  readonly place: Place
  readonly random: Random
  readonly running: Running
  /** Starts another `weft` beside it. */
  start(args: readonly string[], env?: NodeJS.ProcessEnv): Running
  /** Says what was done, for the report of the round. */
  note(text: string): void
}

export type Calm = Omit<Disturbed, 'running' | 'start'>

/** Something that goes wrong with a machine. */
export interface Fault {
  readonly name: string
  /** The command that it meets. */
  readonly command: 'build' | 'accept'
  /** More words of that command. */
  readonly args?: readonly string[]
  /** The states that it may meet. */
  readonly states: readonly State[]
  /** Whether that command must succeed all the same. */
  readonly isHarmless?: boolean
  /** Why it cannot be done on this machine. */
  readonly lacks?: () => string | undefined
  /** Settings of the command: more variables, or the largest file that it may write, in KiB. */
  readonly settings?: (round: Calm) => { readonly env?: NodeJS.ProcessEnv; readonly mostKb?: number }
  /** Done before the command starts. */
  readonly prepare?: (round: Calm) => void | Promise<void>
  /** Done while the command runs, at a random moment. */
  readonly strike?: (round: Disturbed) => void | Promise<void>
  /** Mends the machine, as its user would, before the next command. */
  readonly mend?: (round: Calm) => void | Promise<void>
}
