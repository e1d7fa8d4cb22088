import type { Display } from './jupyter.ts'

/** One line below a cell that says how far its jobs are. */
export interface ProgressLine {
  /** A job was asked for. */
  asked(name: string): void
  running(label: string): void
  step(label: string, step: { readonly epoch: number; readonly epochs: number; readonly loss?: number }): void
  done(how: 'stored' | 'computed'): void
  /** A job has failed: its error says so. */
  failed(): Promise<void>
  /** Resolves when the last line is shown, if no job is left. */
  settle(): Promise<void>
}

const pauseMs = 100

/** Opens the line: a new one begins with the first job that is asked for after all others have ended. */
export function openProgressLine(
  display: Display,
  now: () => number = () => performance.now(),
): ProgressLine {
  let lines = 0
  let shownAt = Number.NEGATIVE_INFINITY
  let open: { readonly names: Set<string>; asked: number; stored: number; computed: number } | undefined
  const say = async (text: string, isLast = false) => {
    if (!isLast && now() - shownAt < pauseMs) return
    shownAt = now()
    await display.update({ 'text/plain': text }, `weft-jobs-${lines}`).catch(() => {})
  }
  const ended = () => {
    const { names, stored, computed } = open!
    if (stored + computed === 0) return `${[...names].join(', ')}: failed`
    const parts = [
      ...(stored > 0 ? [`${stored} from stored results`] : []),
      ...(computed > 0 ? [`${computed} computed here`] : []),
    ]
    return `${[...names].join(', ')}: ${stored + computed} ${stored + computed === 1 ? 'job' : 'jobs'}, ${parts.join(', ')}`
  }
  return {
    asked(name) {
      if (!open) {
        lines += 1
        open = { names: new Set(), asked: 0, stored: 0, computed: 0 }
        shownAt = now()
        void display.show({ 'text/plain': `${name} ...` }, `weft-jobs-${lines}`).catch(() => {})
      }
      open.names.add(name)
      open.asked += 1
    },
    running: (label) => void say(`${label} runs${count()}`),
    step(label, { epoch, epochs, loss }) {
      const of = loss === undefined ? '' : `, loss ${loss.toPrecision(4)}`
      void say(`${label}: epoch ${epoch} of ${epochs}${of}${count()}`)
    },
    done(how) {
      open![how] += 1
    },
    async failed() {
      open!.asked -= 1
      await settle()
    },
    settle,
  }

  async function settle(): Promise<void> {
    if (!open || open.asked > open.stored + open.computed) return
    const text = ended()
    open = undefined
    await say(text, true)
    await display.settle()
  }

  function count(): string {
    return open && open.asked > 1 ? ` (job ${open.stored + open.computed + 1} of ${open.asked})` : ''
  }
}
