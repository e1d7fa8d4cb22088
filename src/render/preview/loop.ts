import { join, relative } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import type { VFile } from 'vfile'
import { Unreadable } from '../model/messages.ts'
import type { Report, StoredResult } from '../model/types.ts'
import type { Session } from '../pipeline/session.ts'
import type { Draft, Pages, Program, Run } from '../pipeline/stages.ts'
import { changedLine } from './changed-line.ts'
import type { MovedLines } from './message-board.ts'
import type { Wave } from './wave.ts'

/** A report as it is now. */
export interface Shown {
  /** As it can be shown at once; with `isWhole`, as a build would make it. */
  readonly draft: Draft
  readonly program: Program
  /** Whether nothing but the words of chapters has changed: cells, values and claims are those of the last update. */
  readonly isCarried: boolean
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
  /** Called when the author pauses, with what a build would make: slower checks have time then. */
  onPause(pages: Pages): void
  /** The report cannot be read, or the tool failed: the last page stays. */
  onStopped(error: Error, files: readonly VFile[]): void
}

/** The last report that could be shown. */
export interface LastReport {
  readonly program: Program
  readonly run: Run
  /** Its files. */
  readonly files: readonly VFile[]
}

export interface Loop {
  /** Takes up changes of files; without any, of results. Whatever comes during an update is taken next. */
  change(paths: readonly string[]): void
  readonly last: LastReport | undefined
  /** Resolves once nothing is left to do. */
  idle(): Promise<void>
  close(): Promise<void>
}

interface State {
  isWanted: boolean
  isClosed: boolean
  last?: LastReport
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
  const compute = openSteps(session, wave)
  const state: State = { isWanted: false, isClosed: false }
  const stopped = (error: unknown) => {
    if (session.options.signal?.aborted) return
    hooks.onStopped(error as Error, error instanceof Unreadable ? error.files : [])
  }
  const update = async () => {
    const startedAt = performance.now()
    const paths = [...pending]
    pending.clear()
    hooks.onStart()
    try {
      const computed = await compute(state.last, (report) => areChapters(paths, report))
      const draft = state.last ? await session.draft(computed.run) : await wholeDraft(session, computed.run)
      const { root, files } = computed.program.source.report
      state.last = { ...computed, files: draft.files }
      const because = paths.map((path) => relative(root, path))
      const moved = movedLines(files, texts)
      const changed = moved.length === 1 && because.includes(moved[0]!.file) ? moved[0] : undefined
      hooks.onShown({ ...computed, draft, changed, moved, because, elapsedMs: performance.now() - startedAt })
    } catch (error) {
      stopped(error)
    }
  }
  // Gives way to a change.
  const complete = async () => {
    try {
      // Reads the report again: each reading has its own messages.
      const { program, run } = await compute(state.last, () => true)
      await turn()
      if (state.isWanted) return
      const assembly = await session.assemble(run)
      await turn()
      if (state.isWanted) return
      const pages = await session.typeset(assembly, true)
      state.last = { program, run, files: pages.files }
      hooks.onPause(pages)
    } catch (error) {
      stopped(error)
    }
  }
  const work = async () => {
    while (state.isWanted && !state.isClosed) {
      state.isWanted = false
      await update()
    }
    state.working = undefined
    if (!state.isClosed && state.last) state.pause = setTimeout(pause, pauseMs)
  }
  const pause = () => {
    state.working ??= complete().then(() => {
      state.working = state.isWanted && !state.isClosed ? work() : undefined
    })
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

interface Computed {
  readonly program: Program
  readonly run: Run
  readonly isCarried: boolean
}

// The steps up to results. After the first time only those are taken that a change may have touched.
function openSteps(session: Session, wave: Pick<Wave, 'settings'> | undefined) {
  const results = new Map<string, StoredResult>()
  return async (
    last: LastReport | undefined,
    isOnlyWords: (report: Report) => boolean,
  ): Promise<Computed> => {
    const source = session.read()
    const carried = last && isOnlyWords(source.report) ? session.carry(last.run, source) : undefined
    if (last && carried) return { program: { ...last.program, source }, run: carried, isCarried: true }
    const program = await session.bundle(source)
    const earlier = results.size > 0 ? (label: string) => results.get(label) : undefined
    const run = await session.run(program, { mayRun: false, ...wave?.settings, earlier })
    for (const [label, result] of run.cells)
      if ('stored' in result && result.stored) results.set(label, result.stored)
    return { program, run, isCarried: false }
  }
}

function areChapters(paths: readonly string[], { root, files }: Report): boolean {
  return paths.length > 0 && paths.every((path) => files.some((file) => join(root, file.path) === path))
}

async function wholeDraft(session: Session, run: Run): Promise<Draft> {
  const { parts, files } = await session.typeset(await session.assemble(run), true)
  return { parts, files, run }
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
