import { relative } from 'node:path'
import type { VFile } from 'vfile'
import { Unreadable } from '../model/messages.ts'
import type { StoredResult } from '../model/types.ts'
import type { Session } from '../pipeline/session.ts'
import type { Pages, Program, Run } from '../pipeline/stages.ts'
import { changedLine } from './changed-line.ts'

/** A report as it is now. */
export interface Shown {
  readonly pages: Pages
  /** Where its author changed it, if in one place. */
  readonly changed?: { readonly file: string; readonly line: number }
  /** Files that changed, relative to the root. */
  readonly because: readonly string[]
  readonly elapsedMs: number
}

export interface LoopHooks {
  onStart(): void
  onShown(shown: Shown): void
  /** Called when slower checks have added messages to the files of the last pages. */
  onChecked(pages: Pages): void
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

// Checks begin when the author pauses.
const pauseMs = 250

interface State {
  isWanted: boolean
  isClosed: boolean
  last?: Loop['last']
  working?: Promise<void>
  checking?: NodeJS.Timeout
}

/** Keeps a report up to date in memory: one update at a time, each of all the changes until then. */
export function openLoop(session: Session, hooks: LoopHooks): Loop {
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
      const run = await session.run(program, { mayRun: false, earlier })
      const pages = await session.typeset(await session.assemble(run))
      for (const [label, result] of run.cells)
        if ('stored' in result && result.stored) results.set(label, result.stored)
      state.last = { program, run, pages }
      const { root, files } = source.report
      const because = paths.map((path) => relative(root, path))
      const changed = placeOfChange(files, texts, because)
      hooks.onShown({ pages, changed, because, elapsedMs: performance.now() - startedAt })
    } catch (error) {
      if (session.options.signal?.aborted) return
      hooks.onStopped(error as Error, error instanceof Unreadable ? error.files : [])
    }
  }
  const check = () => {
    const { last } = state
    if (!last || state.working || state.isClosed) return
    session.options.mode.lint(last.program.source.tree, last.run)
    hooks.onChecked(last.pages)
  }
  const work = async () => {
    while (state.isWanted && !state.isClosed) {
      state.isWanted = false
      await update()
    }
    state.working = undefined
    state.checking = setTimeout(check, pauseMs)
  }
  return {
    change(paths) {
      for (const path of paths) pending.add(path)
      state.isWanted = true
      clearTimeout(state.checking)
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
      clearTimeout(state.checking)
      await state.working
    },
  }
}

/** Finds the one place where a chapter differs from its last text, and remembers the texts. */
function placeOfChange(
  files: readonly VFile[],
  texts: Map<string, string>,
  because: readonly string[],
): Shown['changed'] {
  const places = files.flatMap((file) => {
    const [before, now] = [texts.get(file.path), String(file)]
    texts.set(file.path, now)
    if (before === undefined || before === now || !because.includes(file.path)) return []
    return { file: file.path, line: changedLine(before, now) }
  })
  return places.length === 1 ? places[0] : undefined
}
