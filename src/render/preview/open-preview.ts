import { randomBytes } from 'node:crypto'
import type { VFile } from 'vfile'
import type { Paths } from '../model/paths.ts'
import { readClient } from '../page/page-scripts.ts'
import type { Session } from '../pipeline/session.ts'
import { keepLastPage, noPage, readLastPage } from './last-page.ts'
import { type LivePage, openLivePage } from './live-page.ts'
import { type Loop, openLoop, type Shown } from './loop.ts'
import { messagesOf } from './messages.ts'
import { type OpenPages, openPages } from './pages.ts'
import { partsOf } from './parts-of.ts'
import { regionOfLine } from './patch.ts'
import type { Message } from './protocol.ts'
import { openServer } from './server.ts'
import { announce, keepPort, portsOf } from './state-file.ts'
import { openWatcher } from './watch.ts'
import { watchedBefore, watchedFiles } from './watched-files.ts'

export interface PreviewOptions {
  readonly paths: Paths
  readonly profile?: string
  readonly host: string
  /** Default: one drawn from the report's path, or the next free one. */
  readonly port?: number
  /** Whether the report is not trusted: nothing that lies in its `dist` is used. */
  readonly isUntrusted: boolean
  /** Opens the report: called after the last page is served, since it takes long to load. */
  openSession(): Promise<Session>
  /** Tells a person what happens. */
  readonly log: PreviewLog
}

export interface PreviewLog {
  updated(shown: Pick<Shown, 'because' | 'elapsedMs'>, messages: readonly Message[]): void
  stopped(error: Error, files: readonly VFile[]): void
}

export interface Preview {
  readonly url: string
  /** Resolves once the report is as the files are. */
  idle(): Promise<void>
  close(): Promise<void>
}

// A browser that has just been opened gets the last page before the report is read, which leaves it no turn.
const firstPageMs = 1500

/** Serves a report that is being written, and keeps its pages up to date while its files change. */
export async function openPreview(options: PreviewOptions): Promise<Preview> {
  const { paths, profile, host, isUntrusted } = options
  const last = isUntrusted ? { plain: noPage } : readLastPage(paths, profile)
  const live = openLivePage({
    client: await readClient('preview'),
    name: randomBytes(5).toString('hex'),
    earlier: last.parts,
    plain: last.plain,
  })
  const pages = openPages(live)
  const first = firstRequest()
  const server = await openServer(
    { host, ports: options.port === undefined ? portsOf(paths) : [options.port] },
    {
      page(token) {
        first.seen()
        return live.serve(token)
      },
      pdf: () => paths.pdf,
      run: () => 'Cells do not run yet',
      cell: () => undefined,
      connected: pages.add,
      disconnected: pages.remove,
      said() {},
    },
  )
  keepPort(paths, server.port)
  const withdraw = isUntrusted ? () => {} : announce(paths, { ...server, pid: process.pid })
  const work = first.wait().then(() => openWork(options, live, pages))
  return {
    url: server.url,
    async idle() {
      await (await work).loop.idle()
    },
    async close() {
      withdraw()
      await server.close()
      await (await work).close()
      if (live.parts && !isUntrusted)
        keepLastPage(paths, profile, { version: live.version, parts: live.parts })
    },
  }
}

/** Opens the report, and keeps the page up to date while its files change. */
async function openWork(
  { paths, openSession, log }: PreviewOptions,
  live: LivePage,
  pages: OpenPages,
): Promise<{ readonly loop: Loop; close(): Promise<void> }> {
  const session = await openSession()
  const watcher = openWatcher((changed) => loop.change(changed))
  watcher.follow(watchedBefore(paths), Number.POSITIVE_INFINITY)
  let startedMs = 0
  const loop = openLoop(session, {
    onStart() {
      startedMs = Date.now()
      if (live.isCurrent) pages.status({ state: 'updating' })
    },
    onShown(shown) {
      showReport(shown, live, pages)
      log.updated(shown, pages.messages)
      const { program, run } = loop.last!
      watcher.follow(watchedFiles(paths, program, run, session.options.env), startedMs)
    },
    onChecked: ({ files, assembly }) =>
      pages.tellMessages(messagesOf(files, assembly.run.source.report.root, live.layout)),
    onStopped(error, files) {
      pages.status({ state: files.length > 0 ? 'unreadable' : 'broken', reason: error.message })
      if (files.length > 0) pages.tellMessages(messagesOf(files, files[0]!.cwd, live.layout))
      log.stopped(error, files)
    },
  })
  loop.change([])
  return {
    loop,
    async close() {
      watcher.close()
      await loop.close()
      await session.close()
    },
  }
}

function showReport({ pages, changed }: Shown, live: LivePage, open: OpenPages): void {
  const before = live.version
  live.replace(partsOf(pages))
  open.patch(before, changed && regionOfLine(live.layout, changed.file, changed.line))
  open.tellMessages(messagesOf(pages.files, pages.assembly.run.source.report.root, live.layout))
  open.status({ state: 'current' })
}

function firstRequest(): { seen(): void; wait(): Promise<void> } {
  let resolve = () => {}
  const seen = new Promise<void>((done) => {
    resolve = done
  })
  return {
    // After the answer is on its way.
    seen: () => void setTimeout(resolve, 50),
    wait: () => Promise.race([seen, new Promise<void>((done) => setTimeout(done, firstPageMs))]),
  }
}
