import { setImmediate as turn } from 'node:timers/promises'

/** To be awaited between two pieces of long work, so that others get their turn. Throws `Unwanted`. */
export type Rest = () => Promise<void>

/** Nobody wants a piece of work any more. */
export class Unwanted extends Error {
  constructor() {
    super('Nobody wants this any more')
    this.name = 'Unwanted'
  }
}

interface RestOptions {
  /** Work goes on so long before others get their turn, in milliseconds. */
  readonly afterMs?: number
  /** Says after such a turn whether the work must end, now or once it is known. */
  mustStop?(): boolean | Promise<boolean>
}

/** Opens the rests of some work. */
export function openRest({ afterMs = 15, mustStop }: RestOptions = {}): Rest {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < afterMs) return
    await turn()
    if (await mustStop?.()) throw new Unwanted()
    since = performance.now()
  }
}
