import type { CellState } from './protocol.ts'

// A page can show no more than this, and jobs may tell of hundreds of epochs a second.
const restMs = 100

/** The states of all cells, by label. Tells of each change, of progress at most ten times a second. */
export class CellStates {
  readonly #all = new Map<string, CellState>()
  readonly #tell: (label: string, state: CellState) => void
  readonly #resting = new Map<string, NodeJS.Timeout>()

  constructor(tell: (label: string, state: CellState) => void) {
    this.#tell = tell
  }

  get all(): ReadonlyMap<string, CellState> {
    return this.#all
  }

  set(label: string, state: CellState): void {
    const before = this.#all.get(label)
    this.#all.set(label, state)
    if (before === undefined && state.state === 'done') return
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(state)) return
    this.#rest(label)
    this.#tell(label, state)
  }

  /** Sets a state that will soon change again. */
  progress(label: string, state: CellState): void {
    this.#all.set(label, state)
    if (this.#resting.has(label)) return
    const timer = setTimeout(() => {
      this.#resting.delete(label)
      const now = this.#all.get(label)
      if (now) this.#tell(label, now)
    }, restMs)
    this.#resting.set(label, timer)
  }

  delete(label: string): void {
    this.#rest(label)
    this.#all.delete(label)
  }

  close(): void {
    for (const label of [...this.#resting.keys()]) this.#rest(label)
  }

  #rest(label: string): void {
    clearTimeout(this.#resting.get(label))
    this.#resting.delete(label)
  }
}
