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
  /** Of it TZ, LC_ALL, PATH, HOME and WEFT_* reach the cells, and SOURCE_DATE_EPOCH the print. */
  readonly env: NodeJS.ProcessEnv
  readonly signal?: AbortSignal
  readonly listener?: Listener
}

/**
 * A report held in memory, whose steps can be asked for one by one. Each step takes what the one before it gave, and
 * leaves what is wrong with the report as messages on its files. Only `read`, `run` and `print` touch the world.
 */
export interface Session {
  readonly options: SessionOptions
  /** Starts what printing needs while earlier steps run. */
  warmUp(): void
  /** Reads the chapters as they are now. Throws `Unreadable` if there is nothing to build. */
  read(): Source
  bundle(source: Source): Promise<Program>
  run(program: Program, settings?: RunSettings): Promise<Run>
  assemble(run: Run): Promise<Assembly>
  typeset(assembly: Assembly): Promise<Pages>
  /** @param isProved Verifies that every value, table cell and caption is found in the print, in its place. */
  print(pages: Pages, isProved?: boolean): Promise<Print>
  /**
   * Writes page, print, figures and the record of where the numbers come from.
   * @param publishing Tells that the results are about to be accepted: the record carries the lock that will be.
   */
  write(pages: Pages, print: Print, publishing?: Publishing): Promise<Written>
  close(): Promise<void>
}

/** Opens a report; nothing is read before it is asked for. */
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
    warmUp() {
      // `print` awaits it; until then its rejection does not count as unhandled.
      browser().catch(() => {})
    },
    read() {
      const tree = mode.read()
      return { report: tree.report, tree }
    },
    bundle: async (source) => ({ ...(await mode.bundle(source.tree)), source }),
    run: (program, settings = {}) => runProgram(program, settings, context),
    assemble: async (ran) => assemble(ran, mode),
    typeset: (assembly) => typeset(assembly, mode),
    print: async (pages, isProved = false) => printPages(pages, await browser(), { ...context, isProved }),
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
