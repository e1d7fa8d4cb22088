/** How a cell is doing, for the page and for editors; times in milliseconds. Imports nothing: the page has it too. */
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
