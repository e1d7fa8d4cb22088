import { resolve } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import type { VFile } from 'vfile'
import { Unreadable } from '../model/messages.ts'
import { pathFrom } from '../model/paths.ts'
import { openRest, type Rest, Unwanted } from '../model/rest.ts'
import type { StoredResult } from '../model/types.ts'
import type { Session } from '../pipeline/session.ts'
import type { Draft, Pages, Program, Run } from '../pipeline/stages.ts'
import type { MovedLines } from './message-board.ts'
import type { Wave } from './wave.ts'

/** A report as it is now. */
export interface Shown {
  /** As it can be shown at once; what takes long is as it was on the last page. */
  readonly draft: Draft
  readonly program: Program
  /** Whether nothing but the words of chapters has changed: cells and their results are those of the last update. */
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
  /** There are other cells, or what they depend on has changed. Comes before `onShown`. */
  onProgram(program: Program): void
  onShown(shown: Shown): void
  /** Resolves once it is known whether a file changed that was just touched. */
  settled?(): Promise<void>
  /** Called when the author pauses, with what a build would make: slower checks have time then, as far as they rest. */
  onPause(pages: Pages, rest: Rest): void
  /** The report cannot be read, or the tool failed: the last page stays. */
  onStopped(error: Error, files: readonly VFile[]): void
}

/** The last report that could be shown. */
interface LastReport {
  readonly program: Program
  readonly run: Run
  /** Its files. */
  readonly files: readonly VFile[]
}

export interface Loop {
  /** Takes up changes of files; without any, of results. Whatever comes during an update is taken next. */
  change(paths: readonly string[]): void
  readonly last: LastReport | undefined
  /** Makes the pages of the report as it is, for a print. */
  pages(): Promise<Pages>
  /** Resolves once the page shows all changes; what takes long may follow. */
  idle(): Promise<void>
  close(): Promise<void>
}

interface Computed extends Pick<Shown, 'program' | 'isCarried'> {
  readonly run: Run
}

const pauseMs = 250
const rehearsals = 12
// Whoever saves meanwhile waits that long at most.
const restMs = 6

/** Opens the loop of a session. */
export function openLoop(session: Session, wave: Pick<Wave, 'settings'> | undefined, hooks: LoopHooks): Loop {
  return new UpdateLoop(session, wave, hooks)
}

/**
 * Keeps a report up to date in memory: one update at a time, each of all the changes until then. Nothing runs in it: a
 * result that is missing is the wave's to compute, and the last one of its cell is shown until then.
 */
class UpdateLoop implements Loop {
  last: Loop['last']
  readonly #session: Session
  readonly #wave: Pick<Wave, 'settings'> | undefined
  readonly #hooks: LoopHooks
  readonly #pending = new Set<string>()
  readonly #texts = new Map<string, string>()
  readonly #results = new Map<string, StoredResult>()
  readonly #printing: { resolve(pages: Pages): void; reject(error: unknown): void }[] = []
  #isWanted = false
  #updates = 0
  #isWholeWanted = false
  /** Whether something else than chapters changed since the last run. */
  #isOther = true
  #isClosed = false
  #isRehearsed = false
  #working: Promise<void> | undefined
  #pause: NodeJS.Timeout | undefined

  constructor(session: Session, wave: Pick<Wave, 'settings'> | undefined, hooks: LoopHooks) {
    this.#session = session
    this.#wave = wave
    this.#hooks = hooks
  }

  change(paths: readonly string[]): void {
    for (const path of paths) this.#pending.add(path)
    if (paths.length === 0) this.#isOther = true
    this.#isWanted = true
    clearTimeout(this.#pause)
    this.#begin()
  }

  pages(): Promise<Pages> {
    return new Promise((resolve, reject) => {
      this.#printing.push({ resolve, reject })
      this.#begin()
    })
  }

  async idle(): Promise<void> {
    while (this.#isWanted && this.#working) await this.#working
    await this.#working
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#pause)
    await this.#working
  }

  #begin(): void {
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined
    })
  }

  async #work(): Promise<void> {
    while (!this.#isClosed) {
      if (this.#isWanted) await this.#guarded(() => this.#show())
      else if (this.#printing.length > 0) await this.#print()
      else if (this.#isWholeWanted) await this.#guarded(() => this.#complete())
      else return
    }
  }

  async #guarded(update: () => Promise<void>): Promise<void> {
    try {
      await update()
    } catch (error) {
      if (error instanceof Unwanted || this.#isClosed || this.#session.options.signal?.aborted) return
      this.#hooks.onStopped(error as Error, error instanceof Unreadable ? error.files : [])
    }
  }

  async #show(): Promise<void> {
    const startedAt = performance.now()
    const paths = [...this.#pending]
    this.#isWanted = false
    this.#isWholeWanted = false
    this.#updates += 1
    this.#hooks.onStart()
    const { run, ...computed } = await this.#run(paths)
    if (!computed.isCarried) this.#hooks.onProgram(computed.program)
    const draft = await this.#draft(run)
    const { report } = run.source
    // Only now: what could not be shown stays a change.
    for (const path of paths) this.#pending.delete(path)
    this.last = { program: computed.program, run, files: draft.files }
    const because = paths.map((path) => pathFrom(report.root, path))
    const moved = movedLines(report.files, this.#texts)
    const changed = moved.length === 1 && because.includes(moved[0]!.file) ? moved[0] : undefined
    const elapsedMs = performance.now() - startedAt
    this.#hooks.onShown({ ...computed, draft, changed, moved, because, elapsedMs })
    this.#pause = setTimeout(() => {
      this.#isWholeWanted = true
      this.#begin()
    }, pauseMs)
  }

  // A draft takes from the last page what takes long: the first one has none.
  async #draft(run: Run): Promise<Draft> {
    if (this.last) return this.#session.draft(run)
    const { parts, files } = await this.#session.typeset(await this.#session.assemble(run), true)
    return { parts, files, run }
  }

  /** Reads the report and gives its results: those of the last run if only prose changed. */
  async #run(paths: readonly string[]): Promise<Computed> {
    const source = this.#session.read()
    const { root, files } = source.report
    const chapters = new Set(files.map(({ path }) => path))
    if (!paths.every((path) => chapters.has(pathFrom(root, path)))) this.#isOther = true
    const { last } = this
    const same = last && !this.#isOther ? { ...last.program, source } : undefined
    const carried = same && (await this.#session.carry(last!.run, same, this.#wave?.settings))
    if (carried) return { program: same, run: carried, isCarried: true }
    const program = await this.#session.bundle(source)
    return { program, run: await this.#runProgram(program), isCarried: false }
  }

  async #runProgram(program: Program): Promise<Run> {
    this.#isOther = false
    const results = this.#results
    const earlier = results.size > 0 ? (label: string) => results.get(label) : undefined
    const run = await this.#session.run(program, { mayRun: false, ...this.#wave?.settings, earlier })
    for (const [label, result] of run.cells)
      if ('stored' in result && result.stored) results.set(label, result.stored)
    return run
  }

  /** Makes all of the page, unless a change comes first. */
  async #complete(): Promise<void> {
    this.#isWholeWanted = false
    const update = this.#updates
    const rest = openRest({ afterMs: restMs, mustStop: () => this.#isOutdated(update) })
    const pages = await this.#make(rest)
    this.last = { ...this.last!, run: pages.assembly.run, files: pages.files }
    this.#hooks.onPause(pages, rest)
    if (!this.#isRehearsed) await this.#rehearse(pages.assembly.run)
  }

  async #isOutdated(update: number): Promise<boolean> {
    await this.#hooks.settled?.()
    return this.#isWanted || this.#isClosed || this.#updates !== update
  }

  // Code that has run some times is compiled: then the first edit of an author is shown as soon as the later ones.
  async #rehearse(run: Run): Promise<void> {
    this.#isRehearsed = true
    await this.#session.prepare(run.source)
    for (let time = 0; time < rehearsals; time++) {
      await turn()
      if (this.#isWanted || this.#isClosed) return
      const source = this.#session.read()
      const carried = await this.#session.carry(run, { ...this.last!.program, source })
      if (carried) await this.#session.draft(carried)
    }
  }

  async #print(): Promise<void> {
    const waiting = this.#printing.splice(0)
    try {
      const pages = await this.#make()
      for (const { resolve: give } of waiting) give(pages)
    } catch (error) {
      for (const { reject } of waiting) reject(error)
    }
  }

  /** @param rest Ends it once there is a change. A print goes on whatever happens. */
  async #make(rest?: Rest): Promise<Pages> {
    const source = this.#session.read()
    const { root, files } = source.report
    const unseen = files.filter((file) => this.#texts.get(file.path) !== String(file))
    // What moved must have moved everywhere before it is left.
    if (rest && unseen.length > 0) {
      this.change(unseen.map(({ path }) => resolve(root, path)))
      throw new Unwanted()
    }
    await rest?.()
    const program = await this.#session.bundle(source)
    await rest?.()
    const run = await this.#runProgram(program)
    await rest?.()
    const assembly = await this.#session.assemble(run, rest)
    await rest?.()
    return this.#session.typeset(assembly, rest !== undefined, rest)
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

// The first line, from 1, in which a text differs from the one before it.
function changedLine(before: string, now: string): number {
  const [old, lines] = [before.split('\n'), now.split('\n')]
  const at = lines.findIndex((line, index) => line !== old[index])
  return at < 0 ? lines.length : at + 1
}
