import type { WriteStream } from 'node:tty'
import type { Digest, Progress } from '../render/model/types.ts'

/** Shows the progress of a build. */
export interface Status {
  /** Shows what happens now, such as `#fig-curve runs`. */
  show(text: string): void
  startedJob(name: string, key: Digest): void
  step(step: Progress, key: Digest): void
  endedJob(key: Digest): void
  /** Writes a line that stays. */
  line(text: string): void
  stop(): void
}

/** Redraws one line for each running job on a terminal; writes plain lines elsewhere. */
export function openStatus(log: WriteStream): Status {
  return log.isTTY ? movingLines(log) : plainLines(log)
}

function movingLines(log: WriteStream): Status {
  // The jobs by key, in the order in which they started.
  const jobs = new Map<Digest, string>()
  let moment = ''
  let drawn = 0
  // Goes back from the last drawn line to the first, and clears everything below.
  const clearing = () => {
    const up = drawn > 1 ? `\u001b[${drawn - 1}A` : ''
    drawn = 0
    return `\r${up}\u001b[J`
  }
  // One write for everything, so that nothing flickers.
  const draw = (before = '') => {
    const start = clearing() + before
    const lines = linesOf(jobs.size > 0 ? [...jobs.values()] : moment === '' ? [] : [moment], log)
    drawn = lines.length
    log.write(start + lines.join('\n'))
  }
  return {
    show(text) {
      moment = text
      draw()
    },
    startedJob(name, key) {
      jobs.set(key, `${name} runs`)
      draw()
    },
    step(step, key) {
      jobs.set(key, progressText(step))
      draw()
    },
    endedJob(key) {
      if (jobs.delete(key)) draw()
    },
    line: (text) => draw(`${text}\n`),
    stop() {
      jobs.clear()
      moment = ''
      draw()
    },
  }
}

// A line that wraps or scrolls away cannot be cleared. A terminal that does not know its size reports 0.
function linesOf(texts: readonly string[], { columns, rows }: WriteStream): string[] {
  const room = Math.max(1, (rows || 24) - 1)
  const shown = texts.length > room ? texts.slice(0, room - 1) : texts
  const more = texts.length > shown.length ? [`and ${texts.length - shown.length} more`] : []
  return [...shown, ...more].map((text) => `  ${text}`.slice(0, (columns || 80) - 1))
}

function plainLines(log: WriteStream): Status {
  return {
    show: (text) => log.write(`  ${text}\n`),
    startedJob: (name) => log.write(`  ${name} runs\n`),
    step(step) {
      // About ten lines a job.
      if (step.epoch % Math.ceil(step.epochs / 10) === 0) log.write(`  ${progressText(step)}\n`)
    },
    endedJob() {},
    line: (text) => log.write(`${text}\n`),
    stop() {},
  }
}

function progressText({ label, epoch, epochs, loss }: Progress): string {
  return `${label}: epoch ${epoch} of ${epochs}${loss === undefined ? '' : `, loss ${loss.toFixed(4)}`}`
}
