import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { pathsOf } from '../render/model/paths.ts'
import { plural } from '../render/output/format.ts'
import { openPreview } from '../render/preview/open-preview.ts'
import type { Arguments } from './arguments.ts'
import type { Console } from './console.ts'

/** Serves a report while it is being written, until it is stopped. Gives the exit status 0. */
export async function runPreview(
  { report, build, preview: { host = '127.0.0.1', port, opens, runsAll } }: Arguments,
  console: Console,
  signal: AbortSignal,
): Promise<number> {
  const load = async () => (await import('./open-report.ts')).openReport
  // What is wrong with the report's path is said before anything is served.
  if (!existsSync(report.path)) (await load())(report)
  const preview = await openPreview({
    paths: pathsOf(report.path, report.out),
    profile: report.profile,
    host,
    port,
    isUntrusted: report.isUntrusted,
    runsAll,
    limits: { jobs: build.jobs, threads: build.threads },
    openSession: async () => (await load())(report, { listener: console.listener }),
    log: {
      updated({ because, elapsedMs }, messages) {
        const errors = messages.filter(({ kind }) => kind === 'error').length
        const faults = errors === 0 ? '' : `, ${plural(errors, 'error')}`
        const what = because.length > 0 ? because.join(', ') : 'results'
        process.stdout.write(`  updated    ${what}  ${Math.round(elapsedMs)} ms${faults}\n`)
      },
      stopped: (error, files) =>
        files.length > 0
          ? console.messages(files)
          : process.stderr.write(`weft: ${error.stack ?? error.message}\n`),
    },
  })
  process.stdout.write(`  preview    ${preview.url}  stop it with Ctrl-C\n`)
  if (opens) openInBrowser(preview.url)
  try {
    if (!signal.aborted) await Promise.race([once(signal, 'abort'), preview.running])
    return 0
  } finally {
    await preview.close()
  }
}

/** Opens an address in the user's browser, if the system has a program for that; the address was printed anyway. */
export function openInBrowser(url: string): void {
  const [program, ...args] = programs[process.platform] ?? ['xdg-open']
  const child = spawn(program!, [...args, url], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}

const programs: { readonly [platform: string]: readonly string[] } = {
  darwin: ['open'],
  win32: ['explorer.exe'],
}
