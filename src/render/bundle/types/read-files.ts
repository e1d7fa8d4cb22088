import { statSync } from 'node:fs'

/** The files that a program read, and where it looked in vain, so that a change of any of them is noticed. */
export class ReadFiles {
  readonly #states = new Map<string, string>()
  readonly #absent = new Set<string>()

  /** Gives a text that is another one after each change of a file that `readAgain` found. */
  stateOf(path: string): string {
    const state = this.#states.get(path) ?? stateOf(path)
    this.#states.set(path, state)
    return state
  }

  /** Notes whether something was found at a path, and gives that back. */
  note(path: string, isThere: boolean): boolean {
    if (!isThere) this.#absent.add(path)
    return isThere
  }

  /** Looks at all files again, and says which changed, and whether one came or went. */
  readAgain(): { readonly changed: ReadonlySet<string>; readonly isMoved: boolean } {
    const changed = new Set<string>()
    let isMoved = false
    for (const [path, before] of this.#states) {
      const now = stateOf(path)
      if (now === before) continue
      this.#states.set(path, now)
      changed.add(path)
      if (now === nothing || before === nothing) isMoved = true
    }
    return { changed, isMoved }
  }

  /** Every file that was asked for, there or not; none of packages. */
  get files(): readonly string[] {
    return [...this.#states.keys()]
  }

  /** Every path at which nothing was found. */
  get absent(): readonly string[] {
    return [...this.#absent]
  }
}

const nothing = 'absent'

function stateOf(path: string): string {
  const state = statSync(path, { throwIfNoEntry: false })
  return state === undefined ? nothing : `${state.mtimeMs} ${state.size}`
}
