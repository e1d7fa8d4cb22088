import { Unwanted } from '../model/rest.ts'
import type { Session } from '../pipeline/session.ts'
import { type CellReport, reportCell } from './cell-text.ts'
import type { Client } from './handlers.ts'
import type { LivePage } from './live-page.ts'
import { type Loop, type LoopHooks, openLoop } from './loop.ts'
import { type Messenger, openMessenger } from './messenger.ts'
import type { OpenPages } from './pages.ts'
import { regionOfLine } from './patch.ts'
import type { PreviewLog } from './preview-log.ts'
import { openPrinter } from './print-report.ts'
import type { ClientMessage } from './protocol.ts'
import { openWatcher } from './watch.ts'
import { watchedBefore, watchedFiles } from './watched-files.ts'
import { openWave, type WaveOptions } from './wave.ts'
import { fulfil } from './wishes.ts'

/** All that happens to a report while it is previewed. */
export interface Work {
  said(client: Client, message: ClientMessage): void
  /** Runs a cell; gives a reason if it cannot. */
  run(label: string): string | undefined
  cell(label: string): CellReport | undefined
  readonly isPrinted: boolean
  /** Resolves once the report is as its files are; cells may still run. */
  idle(): Promise<void>
  close(): Promise<void>
}

interface WorkOptions {
  readonly session: Session
  readonly live: LivePage
  readonly pages: OpenPages
  readonly log: PreviewLog
  readonly running: Pick<WaveOptions, 'runsAll' | 'limits'>
}

/** Reads a report, and keeps its pages up to date while its files change. */
export function openWork({ session, live, pages, log, running }: WorkOptions): Work {
  const { paths, mode, env } = session.options
  const messenger = openMessenger(session.options, live, pages)
  const watcher = openWatcher((changed) => loop.change(changed))
  watcher.follow(watchedBefore(paths), Number.POSITIVE_INFINITY)
  const onResult = () => loop.change([])
  const wave =
    mode.name === 'untrusted' ? undefined : openWave(session, { ...running, onState: pages.cell, onResult })
  const hooks = hooksOf({ live, pages, log, messenger })
  let startedMs = 0
  const loop: Loop = openLoop(session, wave, {
    ...hooks,
    onStart() {
      startedMs = Date.now()
      hooks.onStart()
    },
    // Cells begin to run while the page is made.
    onProgram: (program) => wave?.update(program),
    onShown(shown) {
      hooks.onShown(shown)
      if (shown.isCarried) return
      if (wave) pages.keepCells(wave.states)
      watcher.follow(watchedFiles(paths, shown.program, shown.draft.run, env), startedMs)
    },
    settled: () => watcher.settled(),
    onPause(whole, rest) {
      hooks.onPause(whole, rest)
      // New words may name images.
      const { program, run } = loop.last!
      watcher.follow(watchedFiles(paths, program, run, env), startedMs)
    },
  })
  const printer = openPrinter(session, () => loop.pages(), pages.print)
  const run = (label: string) => {
    if (!wave) return 'A report that is not trusted runs nothing'
    if (!loop.last?.run.cells.has(label)) return `Unknown cell #${label}`
    wave.run(label)
    return undefined
  }
  const wishes = {
    live,
    env,
    last: () => loop.last,
    messages: () => pages.messages,
    print: printer.print,
    run,
  }
  loop.change([])
  return {
    said(client, message) {
      fulfil(message, client, wishes).catch(({ message: reason }: Error) =>
        client.send({ type: 'refused', reason }),
      )
    },
    run,
    cell: (label) => reportCell(label, loop.last, wave?.states ?? new Map()),
    get isPrinted() {
      return printer.isPrinted
    },
    idle: () => loop.idle(),
    async close() {
      watcher.close()
      await loop.close()
      await Promise.all([wave?.close(), messenger.close(), printer.idle()])
      await session.close()
    },
  }
}

interface Told extends Pick<WorkOptions, 'live' | 'pages' | 'log'> {
  readonly messenger: Messenger
}

const slowMs = 120

/** Tells pages and console what becomes of the report. */
function hooksOf({ live, pages, log, messenger }: Told): Omit<LoopHooks, 'onProgram'> {
  let slow: NodeJS.Timeout | undefined
  return {
    onStart() {
      clearTimeout(slow)
      // To say so in the page takes it as long as most updates.
      slow = setTimeout(() => live.isCurrent && pages.status({ state: 'updating' }), slowMs)
    },
    onShown(shown) {
      clearTimeout(slow)
      const before = live.version
      live.replace(shown.draft.parts)
      pages.patch(before, shown.changed && regionOfLine(live.layout, shown.changed.file, shown.changed.line))
      messenger.tell(shown)
      pages.status({ state: 'current' })
      log.updated(shown, pages.messages)
    },
    onPause(whole, rest) {
      const before = live.version
      live.replace(whole.parts)
      pages.patch(before)
      pages.pieces()
      messenger.check(whole, rest).catch((error: Error) => {
        if (!(error instanceof Unwanted)) log.stopped(error, [])
      })
    },
    onStopped(error, files) {
      clearTimeout(slow)
      pages.status({ state: files.length > 0 ? 'unreadable' : 'broken', reason: error.message })
      if (files.length > 0) messenger.tellUnreadable(files)
      log.stopped(error, files)
    },
  }
}
