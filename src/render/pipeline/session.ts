import { setTimeout } from 'node:timers/promises'
import { type Listener, noListener } from '../execute/events.ts'
import type { Paths } from '../model/paths.ts'
import { openBrowser } from '../print/open-browser.ts'
import type { Mode } from './mode.ts'
import type {
  Assembly,
  Pages,
  Print,
  Program,
  Publishing,
  Run,
  RunSettings,
  Source,
  Written,
} from './stages.ts'
import { assemble, printPages, runProgram, typeset } from './steps.ts'
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
  assemble(run: Run): Promise<Assembly>
  typeset(assembly: Assembly): Promise<Pages>
  /** @param isProved Verifies that the print contains every value, table cell and caption in its place. */
  print(pages: Pages, isProved?: boolean): Promise<Print>
  /**
   * Writes the page, the print, the figures and the record of the origins of all numbers.
   * @param publishing Set if the results are about to be accepted: the record then contains the future lock.
   */
  write(pages: Pages, print: Print, publishing?: Publishing): Promise<Written>
  close(): Promise<void>
}

// The next steps leave no time to start a process: it takes a few turns.
const spawnMs = 25
// To unpack a browser takes seconds, which are better spent.
const patienceMs = 500

/** Opens a report, but does not read it yet. */
export function openSession(options: SessionOptions): Session {
  const { mode } = options
  const context = { listener: noListener, compiled: new Map(), ...options }
  let opening: ReturnType<typeof openBrowser> | undefined
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
      const tree = mode.read()
      return { report: tree.report, tree }
    },
    bundle: async (source) => ({ ...(await mode.bundle(source.tree)), source }),
    run: (program, settings = {}) => runProgram(program, settings, context),
    assemble: async (ran) => assemble(ran, mode),
    typeset: (assembly) => typeset(assembly, mode),
    async print(pages, isProved = false) {
      const printing = { ...context, isProved }
      const first = await browser()
      try {
        return await printPages(pages, first, printing)
      } catch (error) {
        options.signal?.throwIfAborted()
        if (first.browser.connected) throw error
        // It died, perhaps because memory ran out for a moment: one more try costs a second.
        await first.close()
        opening = openBrowser()
        return printPages(pages, await browser(), printing)
      }
    },
    write: (pages, print, publishing) => writeBuild(pages, print, { ...context, publishing }),
    async close() {
      mode.close()
      await opening?.then(
        (opened) => opened.close(),
        () => {},
      )
    },
  }
}
