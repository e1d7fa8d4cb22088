import { randomUUID } from 'node:crypto'
import type { Display } from './jupyter.ts'

/** How the result of a job was had, in words for the end of the line. */
const ways = {
  stored: 'from stored results',
  computed: 'computed here',
  equal: 'computed here as stored',
  different: 'computed here otherwise than stored',
} as const

type Way = keyof typeof ways

/** One line below a cell that says how far its jobs are. */
export interface ProgressLine {
  /** A job was asked for. */
  asked(name: string): void
  running(label: string): void
  step(label: string, step: { readonly epoch: number; readonly epochs: number; readonly loss?: number }): void
  /** A job has its result. */
  done(way: Way, difference?: string): void
  /** A job has failed: its error says so. */
  failed(): Promise<void>
  /** Resolves when the last line is shown, if no job is left. */
  settle(): Promise<void>
}

/** The jobs of one line. */
interface Jobs {
  readonly id: string
  readonly names: Set<string>
  readonly done: Way[]
  readonly differences: string[]
  asked: number
}

const pauseMs = 100

interface Options {
  readonly now?: () => number
  readonly newId?: () => string
}

/** Opens the line: a new one begins with the first job that is asked for after all others have ended. */
export function openProgressLine(
  display: Display,
  // A first cell that runs again must not write into the lines of before.
  { now = () => performance.now(), newId = randomUUID }: Options = {},
): ProgressLine {
  let shownAt = 0
  let jobs: Jobs | undefined
  const say = (text: string, isUpdate = true) => {
    const { update, show } = display
    shownAt = now()
    // Whoever waits for a result gets it even if its line cannot be shown.
    return (isUpdate ? update : show)({ 'text/plain': text }, jobs!.id).catch(() => {})
  }
  const sayNow = (text: string) => {
    if (now() - shownAt < pauseMs) return
    const { asked, done } = jobs!
    void say(asked > 1 ? `${text} (job ${done.length + 1} of ${asked})` : text)
  }
  const settle = async () => {
    if (!jobs || jobs.asked > jobs.done.length) return
    const last = say(endOf(jobs))
    jobs = undefined
    await last
    await display.settle()
  }
  return {
    asked(name) {
      const isFirst = jobs === undefined
      jobs ??= { id: newId(), names: new Set(), done: [], differences: [], asked: 0 }
      if (isFirst) void say(`${name} ...`, false)
      jobs.names.add(name)
      jobs.asked += 1
    },
    running: (label) => sayNow(`${label} runs`),
    step(label, { epoch, epochs, loss }) {
      sayNow(
        `${label}: epoch ${epoch} of ${epochs}${loss === undefined ? '' : `, loss ${loss.toPrecision(4)}`}`,
      )
    },
    done(way, difference) {
      jobs!.done.push(way)
      if (difference !== undefined) jobs!.differences.push(difference)
    },
    failed() {
      jobs!.asked -= 1
      return settle()
    },
    settle,
  }
}

function endOf({ names, done, differences }: Jobs): string {
  const title = [...names].join(', ')
  if (done.length === 0) return `${title}: failed`
  const parts = (Object.keys(ways) as Way[])
    .map((way) => [done.filter((one) => one === way).length, ways[way]] as const)
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
  const jobs = done.length === 1 ? '1 job' : `${done.length} jobs`
  const how = parts.length === 1 ? ways[done[0]!] : parts.join(', ')
  return [`${title}: ${jobs}, ${how}`, ...differences].join('\n')
}
