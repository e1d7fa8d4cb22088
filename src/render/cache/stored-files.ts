import type { StoredResult } from '../model/types.ts'

/** A stored result or what is wrong with its file, and the size and time of the file that was read. */
interface Held {
  readonly state: string
  readonly stored: StoredResult | string
}

// In a preview each result that counts is asked for at every opening.
const mostOpenings = 20

/**
 * Remembers stored results by the paths of their files. Forgets those that nobody has asked for since several stores
 * were opened: a preview computes thousands in a day.
 */
export class StoredFiles {
  readonly #held = new Map<string, Held & { readonly opening: number }>()
  #opening = 0

  get size(): number {
    return this.#held.size
  }

  /** A store opens. */
  begin(): void {
    this.#opening += 1
    for (const [path, { opening }] of this.#held)
      if (opening < this.#opening - mostOpenings) this.#held.delete(path)
  }

  get(path: string): Held | undefined {
    const held = this.#held.get(path)
    if (held && held.opening !== this.#opening) this.set(path, held)
    return held
  }

  set(path: string, { state, stored }: Held): void {
    this.#held.set(path, { state, stored, opening: this.#opening })
  }
}
