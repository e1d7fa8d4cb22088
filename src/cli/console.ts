import { relative } from 'node:path'
import type { WriteStream } from 'node:tty'
import type { VFile } from 'vfile'
import { reporter } from 'vfile-reporter'
import type { OpenedEngine } from '../render/model/types.ts'
import { count } from '../render/output/format.ts'
import type { BuildEvents } from '../render/pipeline/ran-cells.ts'
import type { Built } from '../render/pipeline/report.ts'
import type { Accepted } from '../render/results/accept.ts'
import { openStatus } from './status.ts'

export interface Console {
  readonly events: BuildEvents
  /** Shows the messages and what the build did. */
  report(built: Built): void
  /** Shows what accepting will change. */
  changes(lines: readonly string[]): void
  accepted(accepted: Accepted, built: Built): void
  messages(files: readonly VFile[]): void
  stop(): void
}

/** Shows a build: moving lines on a terminal, plain lines elsewhere; the summary goes to `output`. */
export function openConsole(log: WriteStream, output: NodeJS.WritableStream): Console {
  const counts = { cell: 0, job: 0 }
  const engines = new Set<string>()
  const status = openStatus(log)
  const messages = (files: readonly VFile[]) => {
    const told = files.filter((file) => file.messages.length > 0)
    if (told.length > 0) log.write(`${reporter([...told], { color: log.isTTY && log.hasColors?.() })}\n`)
  }
  return {
    events: {
      started: (cell) => status.show(`${cell} runs`),
      startedJob: status.startedJob,
      openedEngine(engine, jobs) {
        // Every process tells of its own.
        const line = engineLine(engine, jobs)
        if (!engines.has(line)) status.line(line)
        engines.add(line)
      },
      progressed: status.step,
      endedJob: status.endedJob,
      logged: (label, text) =>
        status.line(
          text
            .replace(/\n$/, '')
            .split('\n')
            .map((line) => `  ${label.includes(' ') ? label : `#${label}`} | ${line}`)
            .join('\n'),
        ),
      reused: (kind) => {
        counts[kind] += 1
      },
      finishedJob: (name, elapsedMs) => status.show(`${name} done in ${duration(elapsedMs)}`),
    },
    report(built) {
      status.stop()
      messages(built.files)
      output.write(`${summary(counts, built)}\n`)
    },
    changes(lines) {
      for (const line of lines) output.write(`  changes    ${line}\n`)
    },
    accepted({ results, removed, figures }, { paths }) {
      const gone = removed > 0 ? `, ${removed} old ones removed` : ''
      const where = relative(process.cwd(), results > 0 ? paths.freeze : paths.lock) || '.'
      const what = results > 0 ? `${results} results` : 'numbers alone'
      output.write(`  accepted   ${what} into ${where}${gone}, ${plural(figures, 'figure')}\n`)
    },
    messages,
    stop: () => status.stop(),
  }
}

function engineLine({ name, version, threads, note }: OpenedEngine, jobs: number): string {
  const width = threads === undefined ? '' : `, ${plural(threads, 'thread')} each`
  return `  engine ${name} ${version}, up to ${plural(jobs, 'job')} at once${width}${note ? `: ${note}` : ''}`
}

function summary(counts: { cell: number; job: number }, built: Built): string {
  const rows = built.ran.map(({ label, reason, elapsedMs, jobs }) => [
    'ran',
    `#${label}`,
    reason,
    duration(elapsedMs),
    jobs > 0 ? plural(jobs, 'job') : '',
  ])
  const pdf = relative(process.cwd(), built.paths.pdf)
  const size = `${plural(built.pages, 'page')}, ${(built.pdfBytes / 1e6).toFixed(1)} MB`
  const all = [...rows, ['printed', pdf, size, duration(built.printedMs), '']]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]!.length)))
  const lines = all.map((row) => {
    const [kind, name, reason, time, jobs] = row as [string, string, string, string, string]
    return `  ${kind.padEnd(9)}  ${name.padEnd(widths[1]!)}  ${reason.padEnd(widths[2]!)}  ${time.padStart(widths[3]!)}${jobs && `   ${jobs}`}`
  })
  const jobs = counts.job > 0 ? `, ${plural(counts.job, 'job')}` : ''
  const reused = counts.cell > 0 ? [`  reused  ${plural(counts.cell, 'cell')}${jobs}`] : []
  const shown = built.used.locked.shown.length
  const locked = built.isUntrusted
    ? [
        `  untrusted  nothing was executed: ${plural(shown, 'value')} and ${plural(counts.cell, 'cell')} as accepted, not compared with the code`,
      ]
    : []
  const errors = built.files.flatMap((file) => file.messages).filter((message) => message.fatal)
  const failed =
    errors.length > 0 ? [`  failed     ${plural(errors.length, 'error')}, marked on the page`] : []
  return [
    ...lines.slice(0, -1),
    ...(built.isUntrusted ? locked : reused),
    lines.at(-1)!,
    ...provedLine(built),
    ...failed,
  ].join('\n')
}

function provedLine({ proved }: Built): string[] {
  if (!proved) return []
  const { values, cells, captions, faults } = proved
  const counts = [
    plural(values, 'value'),
    `${count(cells)} table cell${cells === 1 ? '' : 's'}`,
    plural(captions, 'caption'),
  ].join(', ')
  return [
    `  proved     ${counts} in print${faults.length > 0 ? `, without ${plural(faults.length, 'fault')}` : ''}`,
  ]
}

function duration(ms: number): string {
  return ms < 99_950
    ? `${(ms / 1000).toFixed(1)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
