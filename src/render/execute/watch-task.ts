import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Impurity, Reads } from '../types.ts'
import type { FileNotes } from './file-notes.ts'
import { openFileNotes } from './file-notes.ts'
import { ownCaller } from './own-caller.ts'
import type { Order } from './protocol.ts'
import { basesOf } from './read-place.ts'
import { watchFiles } from './watch-files.ts'
import { watchPurity } from './watch-purity.ts'

/** What a task was seen to do. */
export interface Seen {
  readonly reads?: Reads
  readonly impure?: readonly Impurity[]
}

/** Watches the tasks of a thread, one after another. */
export interface TaskWatch {
  /** From here on it is this task whose doings are noted. */
  start(order: Order): void
  /** What the task did until now; members without anything are absent. */
  seen(): Seen
}

/** Watches what the tasks of this thread read, and what cells ask for that differs from run to run. */
export function openTaskWatch(): TaskWatch {
  const state: { notes?: FileNotes; impure: Impurity[]; isWatching: boolean } = {
    impure: [],
    isWatching: false,
  }
  return {
    start(order) {
      const { kind } = order
      if (kind === 'values') return
      const impure: Impurity[] = []
      const caller = () => ownCaller(order.url)
      state.impure = impure
      state.notes = openFileNotes({
        kind,
        bases: basesOf(order.root, order.folder, process.env),
        tool: toolFolders(order),
        isOwnOutside(place) {
          const point = caller()
          if (point) impure.push({ kind: 'file', what: place, ...point })
          return point !== undefined
        },
      })
      // Every cell has a thread of its own; a job may take time, which it measures.
      if (kind === 'cell')
        watchPurity(readFileSync(new URL(order.url), 'utf8'), caller, (found) => impure.push(found))
      if (!state.isWatching) watchFiles(() => state.notes)
      state.isWatching = true
    },
    seen() {
      const reads = state.notes?.reads() ?? {}
      return {
        ...(Object.keys(reads).length === 0 ? {} : { reads }),
        ...(state.impure.length === 0 ? {} : { impure: [...state.impure] }),
      }
    },
  }
}

// This program, and the folder of the tool's own in which the code of tasks lies.
function toolFolders({ url }: Order): string[] {
  return [dirname(fileURLToPath(import.meta.url)), dirname(dirname(fileURLToPath(url)))]
}
