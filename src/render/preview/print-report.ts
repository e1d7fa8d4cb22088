import { relative } from 'node:path'
import type { Session } from '../pipeline/session.ts'
import type { Pages } from '../pipeline/stages.ts'
import type { PrintState } from './protocol.ts'

/** Prints the report as it is shown, one print at a time. */
interface Printer {
  /** Begins to print, unless it prints already. */
  print(): void
  /** Whether there is a print of this preview. */
  readonly isPrinted: boolean
  /** Resolves once nothing is being printed. */
  idle(): Promise<void>
}

/**
 * Opens the printer of a session. It writes what a build writes.
 *
 * @param make Makes the pages to print.
 * @param tell Hears how far it is.
 */
export function openPrinter(
  session: Session,
  make: () => Promise<Pages>,
  tell: (state: PrintState) => void,
): Printer {
  const state: { working?: Promise<void>; lastMs?: number } = {}
  const print = async () => {
    const startedAt = Date.now()
    tell({ state: 'printing', startedAt, lastMs: state.lastMs })
    try {
      await session.warmUp()
      const pages = await make()
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
    print() {
      state.working ??= print()
    },
    get isPrinted() {
      return state.lastMs !== undefined
    },
    async idle() {
      await state.working
    },
  }
}
