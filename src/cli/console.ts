import { relative } from 'node:path'
import type { WriteStream } from 'node:tty'
import { VFile } from 'vfile'
import { reporter } from 'vfile-reporter'
import type { Listener, RunEvent } from '../render/execute/events.ts'
import type { OpenedEngine } from '../render/model/types.ts'
import { plural } from '../render/output/format.ts'
import type { Built } from '../render/pipeline/build.ts'
import type { Accepted } from '../render/results/accept.ts'
import { openStatus, type Status } from './status.ts'

/** Where a command writes what it was asked for, and everything else. */
export interface Output {
  readonly stdout: NodeJS.WritableStream
  readonly stderr: WriteStream
}

export interface Console {
  readonly listener: Listener
  /** Shows the messages and a summary of the build. */
  report(built: Built): void
  /** Shows the numbers that `accept` will change. */
  changes(lines: readonly string[]): void
  accepted(accepted: Accepted, built: Built): void
  messages(files: readonly VFile[]): void
  /** Writes what the command was asked for. */
  answer(text: string): void
  /** Writes a line beside it. */
  note(line: string): void
  stop(): void
}

/** Shows a build: redrawn lines on a terminal, plain lines elsewhere. The summary goes to `output`. */
export function openConsole(log: WriteStream, output: NodeJS.WritableStream): Console {
  const counts = { cell: 0, job: 0 }
  const engines = new Set<string>()
  const status = openStatus(log)
  // Every process opens its own engine, so the same line comes several times.
  const showEngine = (line: string) => {
    if (!engines.has(line)) status.line(line)
    engines.add(line)
  }
  const messages = (files: readonly VFile[]) => {
    const told = files.filter((file) => file.messages.length > 0)
    if (told.length > 0)
      log.write(`${reporter(told.map(withoutCauses), { color: log.isTTY && log.hasColors?.() })}\n`)
  }
  return {
    listener(event) {
      if (event.type === 'cell-finished' && event.result.state === 'reused') counts.cell += 1
      else if (event.type === 'job-finished' && event.how === 'reused') counts.job += 1
      else if (event.type === 'engine-opened') showEngine(engineLine(event.engine, event.jobs))
      else showEvent(event, status)
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
    answer: (text) => void output.write(text),
    note: (line) => status.line(line),
    stop: () => status.stop(),
  }
}

// A cause repeats what the message says, with stack frames of the tool.
function withoutCauses({ cwd, path, messages }: VFile): VFile {
  const file = new VFile({ cwd, path })
  file.messages = messages.map((message) => Object.create(message, { cause: { value: undefined } }))
  return file
}

function showEvent(event: RunEvent, status: Status): void {
  if (event.type === 'cell-started') status.show(`#${event.cell.label} runs`)
  else if (event.type === 'job-started') status.startedJob(event.label, event.key)
  else if (event.type === 'job-progressed') status.step(event.step, event.key)
  else if (event.type === 'job-ended') status.endedJob(event.key)
  else if (event.type === 'job-finished')
    status.show(`${event.label} done in ${duration(event.job.provenance.elapsedMs)}`)
  else if (event.type === 'logged') status.line(logLines(event.label, event.text))
}

function logLines(label: string, text: string): string {
  const from = label.includes(' ') ? label : `#${label}`
  const lines = text.replace(/\n$/, '').split('\n')
  return lines.map((line) => `  ${from} | ${line}`).join('\n')
}

function engineLine({ name, version, threads, note }: OpenedEngine, jobs: number): string {
  const width = threads === undefined ? '' : `, ${plural(threads, 'thread')} each`
  const room = Number.isFinite(jobs) ? `up to ${plural(jobs, 'job')} at once` : 'on the cluster'
  return `  engine ${name} ${version}, ${room}${width}${note ? `: ${note}` : ''}`
}

interface Counts {
  readonly cell: number
  readonly job: number
}

// Names the source of the results that this build did not compute.
const resultLines: { readonly [mode in Built['mode']]: (counts: Counts, built: Built) => string[] } = {
  author({ cell, job }) {
    const jobs = job > 0 ? `, ${plural(job, 'job')}` : ''
    return cell > 0 ? [`  reused     ${plural(cell, 'cell')}${jobs}`] : []
  },
  untrusted({ cell }, { used }) {
    const values = plural(used.locked.shown.length, 'value')
    return [
      `  untrusted  nothing was executed: ${values} and ${plural(cell, 'cell')} as accepted, not compared with the code`,
    ]
  },
}

function summary(counts: Counts, built: Built): string {
  const rows = built.ran.map(({ label, reason, elapsedMs, jobs }) => [
    'ran',
    `#${label}`,
    reason,
    duration(elapsedMs),
    jobs > 0 ? plural(jobs, 'job') : '',
  ])
  const pdf = relative(process.cwd(), built.paths.pdf)
  const size = `${plural(built.pages, 'page')}, ${(built.pdfBytes / 1e6).toFixed(1)} MB`
  const print = built.isPrintKept
    ? ['unchanged', pdf, size, '', '']
    : ['printed', pdf, size, duration(built.printedMs), '']
  const all = [...rows, print]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]!.length)))
  const lines = all.map((row) => {
    const [kind, name, reason, time, jobs] = row as [string, string, string, string, string]
    return `  ${kind.padEnd(9)}  ${name.padEnd(widths[1]!)}  ${reason.padEnd(widths[2]!)}  ${time.padStart(widths[3]!)}${jobs && `   ${jobs}`}`.trimEnd()
  })
  const results = resultLines[built.mode](counts, built)
  const errors = built.files.flatMap((file) => file.messages).filter((message) => message.fatal)
  const failed =
    errors.length > 0 ? [`  failed     ${plural(errors.length, 'error')}, marked on the page`] : []
  return [...lines.slice(0, -1), ...results, lines.at(-1)!, ...provedLine(built), ...failed].join('\n')
}

function provedLine({ proved }: Built): string[] {
  if (!proved) return []
  const { values, cells, captions, faults } = proved
  const counts = [plural(values, 'value'), plural(cells, 'table cell'), plural(captions, 'caption')].join(
    ', ',
  )
  return [
    `  proved     ${counts} in print${faults.length > 0 ? `, without ${plural(faults.length, 'fault')}` : ''}`,
  ]
}

function duration(ms: number): string {
  return ms < 99_950
    ? `${(ms / 1000).toFixed(1)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}
