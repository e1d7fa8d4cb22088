import { relative } from 'node:path'
import type { VFile } from 'vfile'
import { Unreadable } from '../model/messages.ts'
import type { StoredResult } from '../model/types.ts'
import type { Session } from '../pipeline/session.ts'
import type { Pages, Program, Run } from '../pipeline/stages.ts'
import { changedLine } from './changed-line.ts'
import type { MovedLines } from './message-board.ts'
import type { Wave } from './wave.ts'

/** A report as it is now. */
export interface Shown {
  readonly pages: Pages
  /** Where its author changed it, if in one place. */
  readonly changed?: { readonly file: string; readonly line: number }
  /** The lines that changes of chapters moved. */
  readonly moved: readonly MovedLines[]
  /** Files that changed, relative to the root. */
  readonly because: readonly string[]
  readonly elapsedMs: number
}

export interface LoopHooks {
  onStart(): void
  onShown(shown: Shown): void
  /** Called when the author pauses: slower checks have time then. */
  onPause(pages: Pages): void
  /** The report cannot be read, or the tool failed: the last page stays. */
  onStopped(error: Error, files: readonly VFile[]): void
}

export interface Loop {
  /** Takes up changes of files; without any, of results. Whatever comes during an update is taken next. */
  change(paths: readonly string[]): void
  /** The last report that could be shown. */
  readonly last: { readonly program: Program; readonly run: Run; readonly pages: Pages } | undefined
  /** Resolves once nothing is left to do. */
  idle(): Promise<void>
  close(): Promise<void>
}

interface State {
  isWanted: boolean
  isClosed: boolean
  last?: Loop['last']
  working?: Promise<void>
  pause?: NodeJS.Timeout
}

const pauseMs = 250

/**
 * Keeps a report up to date in memory: one update at a time, each of all the changes until then. Nothing runs in it: a
 * result that is missing is the wave's to compute, and the last one of its cell is shown until then.
 */
export function openLoop(session: Session, wave: Pick<Wave, 'settings'> | undefined, hooks: LoopHooks): Loop {
  const pending = new Set<string>()
  const texts = new Map<string, string>()
  const results = new Map<string, StoredResult>()
  const state: State = { isWanted: false, isClosed: false }
  const update = async () => {
    const startedAt = performance.now()
    const paths = [...pending]
    pending.clear()
    hooks.onStart()
    try {
      const source = session.read()
      const program = await session.bundle(source)
      const earlier = results.size > 0 ? (label: string) => results.get(label) : undefined
      const run = await session.run(program, { mayRun: false, ...wave?.settings, earlier })
      const pages = await session.typeset(await session.assemble(run))
      for (const [label, result] of run.cells)
        if ('stored' in result && result.stored) results.set(label, result.stored)
      state.last = { program, run, pages }
      const { root, files } = source.report
      const because = paths.map((path) => relative(root, path))
      const moved = movedLines(files, texts)
      const changed = moved.length === 1 && because.includes(moved[0]!.file) ? moved[0] : undefined
      hooks.onShown({ pages, changed, moved, because, elapsedMs: performance.now() - startedAt })
    } catch (error) {
      if (session.options.signal?.aborted) return
      hooks.onStopped(error as Error, error instanceof Unreadable ? error.files : [])
    }
  }
  const work = async () => {
    while (state.isWanted && !state.isClosed) {
      state.isWanted = false
      await update()
    }
    state.working = undefined
    state.pause = setTimeout(() => state.last && hooks.onPause(state.last.pages), pauseMs)
  }
  return {
    change(paths) {
      for (const path of paths) pending.add(path)
      state.isWanted = true
      clearTimeout(state.pause)
      state.working ??= work()
    },
    get last() {
      return state.last
    },
    async idle() {
      while (state.working) await state.working
    },
    async close() {
      state.isClosed = true
      await state.working
      clearTimeout(state.pause)
    },
  }
}

/** Says where each chapter differs from its last text, and by how many lines it is longer; remembers the texts. */
function movedLines(files: readonly VFile[], texts: Map<string, string>): MovedLines[] {
  return files.flatMap((file) => {
    const [before, now] = [texts.get(file.path), String(file)]
    texts.set(file.path, now)
    if (before === undefined || before === now) return []
    const count = (text: string) => text.split('\n').length
    return { file: file.path, line: changedLine(before, now), by: count(now) - count(before) }
  })
}
