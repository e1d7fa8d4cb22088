import { randomBytes } from 'node:crypto'
import { readClient } from '../model/client-programs.ts'
import type { Paths } from '../model/paths.ts'
import type { Session } from '../pipeline/session.ts'
import { isLoopback } from './guard.ts'
import { keepLastPage, noPage, readLastPage } from './last-page.ts'
import { type LivePage, openLivePage } from './live-page.ts'
import { openPages } from './pages.ts'
import type { PreviewLog } from './preview-log.ts'
import { openServer } from './server.ts'
import { announce, keepPort, portsOf } from './state-file.ts'
import type { Work } from './work.ts'

interface PreviewOptions {
  readonly paths: Paths
  readonly profile?: string
  readonly host: string
  /** Default: one drawn from the report's path, or the next free one. */
  readonly port?: number
  /** Whether the report is not trusted: nothing that lies in its `dist` is used. */
  readonly isUntrusted: boolean
  /** Runs all jobs, however long they take. */
  readonly runsAll?: boolean
  readonly limits?: { readonly jobs?: number; readonly threads?: number }
  /** Opens the report: called after the last page is served, since it takes long to load. */
  openSession(): Promise<Session>
  readonly log: PreviewLog
}

interface Preview {
  /** Address to open. */
  readonly url: string
  /** Never resolves; rejects if the report cannot be opened. */
  readonly running: Promise<never>
  /** Resolves once the report is as its files are; cells may still run. */
  idle(): Promise<void>
  close(): Promise<void>
}

/**
 * Serves a report that is being written, and keeps its pages up to date while its files change. What can be shown before
 * the report is read, is served at once.
 */
export async function openPreview(options: PreviewOptions): Promise<Preview> {
  const { paths, profile, host, isUntrusted } = options
  const live = await openFirstPage(options)
  const pages = openPages(live)
  const first = firstRequest()
  let work: Work | undefined
  const server = await openServer(
    { host, ports: options.port === undefined ? portsOf(paths) : [options.port] },
    {
      page: live.serve,
      served: first.seen,
      pdf: () => (work?.isPrinted ? paths.pdf : undefined),
      run: (label) => (work ? work.run(label) : 'The report is not read yet'),
      cell: (label) => work?.cell(label),
      connected: pages.add,
      disconnected: pages.remove,
      said: (client, message) => work?.said(client, message),
    },
  )
  const { port, url, token } = server
  let withdraw = () => {}
  try {
    if (!isUntrusted) keepPort(paths, port)
    if (!isUntrusted) withdraw = announce(paths, { url, token, pid: process.pid })
  } catch (error) {
    // An open server would keep the process alive.
    await server.close()
    throw error
  }
  const opening = first.wait().then(async () => {
    const { openWork } = await import('./work.ts')
    const { runsAll, limits, log } = options
    work = openWork({ session: await options.openSession(), live, pages, log, running: { runsAll, limits } })
    return work
  })
  return {
    // On another machine only an address with the token lets its author do something.
    url: isLoopback(host) ? url : `${url}?token=${token}`,
    running: opening.then(() => new Promise<never>(() => {})),
    idle: async () => (await opening).idle(),
    async close() {
      withdraw()
      await server.close()
      // First of all: whoever waits for the end may have little patience.
      if (live.isCurrent && !isUntrusted)
        keepLastPage(paths, profile, { version: live.version, parts: live.parts! })
      // A report that could not be opened is told by `running`.
      await opening.then(
        (opened) => opened.close(),
        () => {},
      )
    },
  }
}

async function openFirstPage({ paths, profile, isUntrusted }: PreviewOptions): Promise<LivePage> {
  const last = isUntrusted ? { plain: noPage } : readLastPage(paths, profile)
  return openLivePage({
    client: await readClient('preview'),
    name: randomBytes(5).toString('hex'),
    earlier: last.parts,
    plain: last.plain,
  })
}

// A browser that has just been opened gets the last page before the report is read, which leaves it no turn.
const firstPageMs = 1500

function firstRequest(): { seen(): void; wait(): Promise<void> } {
  let seen = () => {}
  const first = new Promise<void>((resolve) => {
    seen = resolve
  })
  return {
    seen,
    wait: () => Promise.race([first, new Promise<void>((done) => setTimeout(done, firstPageMs))]),
  }
}
