import { relative } from 'node:path'
import type { Session } from '../pipeline/session.ts'
import type { Run } from '../pipeline/stages.ts'
import type { PrintState } from './protocol.ts'

/** Prints the report as it is shown, one print at a time. */
export interface Printer {
  /** Begins to print, unless it prints already. */
  print(run: Run | undefined): void
  /** Whether there is a print of this preview. */
  readonly isPrinted: boolean
  /** Resolves once nothing is being printed. */
  idle(): Promise<void>
}

/** Opens the printer of a session; `tell` hears how far it is. It writes what a build writes. */
export function openPrinter(session: Session, tell: (state: PrintState) => void): Printer {
  const state: { working?: Promise<void>; lastMs?: number } = {}
  const print = async (run: Run) => {
    const startedAt = Date.now()
    tell({ state: 'printing', startedAt, lastMs: state.lastMs })
    try {
      // The page in memory is for a screen.
      const pages = await session.typeset(await session.assemble(run))
      const printed = await session.print(pages)
      const { pdfBytes } = await session.write(pages, printed)
      state.lastMs = Date.now() - startedAt
      const path = relative(process.cwd(), session.options.paths.pdf)
      tell({ state: 'printed', pages: printed.pages, bytes: pdfBytes, elapsedMs: state.lastMs, path })
    } catch (error) {
      tell({ state: 'failed', reason: (error as Error).message })
    }
    state.working = undefined
  }
  return {
    print(run) {
      if (run) state.working ??= print(run)
      else tell({ state: 'failed', reason: 'the report is not read yet' })
    },
    get isPrinted() {
      return state.lastMs !== undefined
    },
    async idle() {
      await state.working
    },
  }
}
