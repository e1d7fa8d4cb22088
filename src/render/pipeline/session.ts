import { setTimeout } from 'node:timers/promises'
import { noteRunning } from '../cache/running.ts'
import { type Listener, noListener } from '../execute/events.ts'
import { Memory } from '../model/memory.ts'
import { countMessages } from '../model/messages.ts'
import type { Paths } from '../model/paths.ts'
import type { Rest } from '../model/rest.ts'
import { loadCitations } from '../page/cite.ts'
import { highlightAhead } from '../page/highlight.ts'
import { isBrowserFault } from '../print/browser-fault.ts'
import { openBrowser } from '../print/open-browser.ts'
import { carryRun } from './carry-run.ts'
import type { Mode } from './mode.ts'
import type {
  Assembly,
  Draft,
  Pages,
  Paper,
  Print,
  PrintSettings,
  Program,
  Publishing,
  Run,
  RunSettings,
  Source,
  Written,
} from './stages.ts'
import { assemble, type Context, draftPage, layPaper, printPages, runProgram, typesetPages } from './steps.ts'
import { writeBuild } from './write-build.ts'

export interface SessionOptions {
  readonly paths: Paths
  readonly mode: Mode
  /** Cells get only its TZ, LC_ALL, PATH, HOME and WEFT_*; the print gets SOURCE_DATE_EPOCH. */
  readonly env: NodeJS.ProcessEnv
  readonly signal?: AbortSignal
  readonly listener?: Listener
}

/**
 * A report in memory, with the steps of a build. Each step takes the result of the step before it, and reports faults
 * as messages on the report's files. Only `read`, `run`, `print` and `write` reach outside memory.
 */
export interface Session {
  readonly options: SessionOptions
  /** Starts the browser for printing, and resolves when it starts: it opens while earlier steps run. */
  warmUp(): Promise<void>
  /** Reads the chapters as they are now. Throws `Unreadable` if there is nothing to build. */
  read(): Source
  bundle(source: Source): Promise<Program>
  run(program: Program, settings?: RunSettings): Promise<Run>
  /**
   * Gives the results of an earlier run to a newer source whose cells are the same, if nothing but the chapters has changed
   * since; otherwise nothing. Evaluates new values and claims.
   *
   * @param program That of the run with the newer source.
   */
  carry(run: Run, program: Program, settings?: RunSettings): Promise<Run | undefined>
  assemble(run: Run, rest?: Rest): Promise<Assembly>
  /** @param isPartsOnly Leaves out the two pages as texts. */
  typeset(assembly: Assembly, isPartsOnly?: boolean, rest?: Rest): Promise<Pages>
  /** Makes the page for paper first: printing it takes longest. */
  paper(assembly: Assembly): Promise<Paper>
  /** Loads what an edit may need, before there is one. */
  prepare(source: Source): Promise<void>
  /** Makes the page of a run at once, for a preview: what takes long stays as it was on the last page. */
  draft(run: Run): Promise<Draft>
  print(pages: Pick<Pages, 'print' | 'assembly'>, settings?: PrintSettings): Promise<Print>
  /**
   * Writes the page, the print, the figures and the record of the origins of all numbers.
   * @param print What it needs the print for, it does last.
   * @param publishing Set if the results are about to be accepted: the record then contains the future lock.
   */
  write(pages: Pages, print: Print | Promise<Print>, publishing?: Publishing): Promise<Written>
  close(): Promise<void>
}

// The next steps leave no time to start a process: it takes a few turns.
const spawnMs = 25
// To unpack a browser takes seconds, which are better spent.
const patienceMs = 500

// While another process draws figures, this one does what laying pages out would begin with.
async function assembleAhead(run: Run, context: Context): Promise<Assembly> {
  const { source, cache } = run
  const [assembly] = await Promise.all([
    assemble(run, context),
    loadCitations(source.report),
    highlightAhead(source.tree.cells, cache),
  ])
  return assembly
}

/** Opens a report, but does not read it yet. */
export function openSession(options: SessionOptions): Session {
  const { mode } = options
  const context = { listener: noListener, compiled: new Map(), memory: new Memory(), ...options }
  const told = new WeakMap<Source, number>()
  const silent = new WeakSet<Run>()
  const isSilent = ({ source }: Run) => countMessages(source.report.files) === told.get(source)
  let opening: ReturnType<typeof openBrowser> | undefined
  let endNote: (() => void) | undefined
  const browser = () => {
    opening ??= openBrowser()
    return opening
  }
  return {
    options,
    async warmUp() {
      const over = new AbortController()
      const launched = new Promise<void>((resolve) => {
        opening ??= openBrowser({ onLaunch: () => void setTimeout(spawnMs).then(resolve) })
      })
      const patience = setTimeout(patienceMs, undefined, { signal: over.signal }).catch(() => {})
      // `print` awaits the browser; until then its rejection does not count as unhandled.
      await Promise.race([launched, patience, opening?.catch(() => {})])
      over.abort()
    },
    read() {
      const tree = mode.read(context.memory)
      const source = { report: tree.report, tree }
      told.set(source, countMessages(source.report.files))
      return source
    },
    bundle: async (source) => ({ ...(await mode.bundle(source.tree)), source }),
    async run(program, settings = {}) {
      if (mode.name === 'author') endNote ??= noteRunning(options.paths.cache)
      const run = await runProgram(program, settings, context)
      if (isSilent(run)) silent.add(run)
      return run
    },
    async carry(run, program, settings = {}) {
      const carried = silent.has(run) ? await carryRun(run, program, settings, context) : undefined
      if (carried && isSilent(carried)) silent.add(carried)
      return carried
    },
    assemble: (ran, rest) => assembleAhead(ran, { ...context, rest }),
    typeset: (assembly, isPartsOnly = false, rest) =>
      typesetPages(assembly, { ...context, rest }, isPartsOnly),
    paper: (assembly) => layPaper(assembly, context),
    prepare: ({ report }) => loadCitations(report),
    draft: (run) => draftPage(run, context),
    async print(pages, settings = {}) {
      const printing = { ...context, ...settings }
      const first = await browser()
      try {
        return await printPages(pages, first, printing)
      } catch (error) {
        options.signal?.throwIfAborted()
        // One that has died, or does not answer, may have been out of memory for a moment: one more try costs a second.
        if (first.browser.connected && !(await isBrowserFault(error))) throw error
        await first.close()
        opening = openBrowser()
        return printPages(pages, await browser(), printing)
      }
    },
    write: (pages, print, publishing) => writeBuild(pages, print, { ...context, publishing }),
    async close() {
      mode.close()
      endNote?.()
      await opening?.then(
        (opened) => opened.close(),
        () => {},
      )
    },
  }
}
