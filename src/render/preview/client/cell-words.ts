import type { CellState, JobState } from '../protocol.ts'

/** Says what a cell is doing, in a few words. */
export function wordsOf(state: CellState, now: number): string {
  if (state.state === 'waiting') return 'Waits for other cells'
  if (state.state === 'failed') return 'Failed'
  if (state.state === 'asks') return 'Not computed from the present sources'
  const time = state.startedAt === undefined ? '' : ` ${duration(now - state.startedAt)}`
  return `Runs${time}${state.job ? `: ${jobWords(state.job)}` : ''}`
}

/** What the button of a cell says; undefined for a cell that has none. */
export function buttonOf({ state, lastMs, jobs }: CellState): string | undefined {
  if (state === 'failed') return 'Run again'
  if (state !== 'asks') return undefined
  const details = [
    ...(lastMs === undefined ? [] : [`about ${duration(lastMs)}`]),
    ...(jobs !== undefined && jobs > 1 ? [`${jobs} jobs`] : []),
  ]
  return details.length > 0 ? `Run (${details.join(', ')})` : 'Run'
}

function jobWords({ label, done, total, unit, secondsLeft, loss }: JobState): string {
  const last = loss?.at(-1)
  return [
    label,
    unit === 'jobs' ? `${done} of ${total} jobs` : `epoch ${done} of ${total}`,
    ...(last === undefined ? [] : [`loss ${last.toPrecision(4)}`]),
    ...(secondsLeft === undefined ? [] : [`about ${duration(secondsLeft * 1000)} left`]),
  ].join(', ')
}

/** Writes a time as people say it: `0.4 s`, `40 s`, `3 min`, `2 h`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms / 1000)
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  if (seconds < 99.5) return `${Math.round(seconds)} s`
  return seconds < 5_970 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}

/** Draws losses as the path of a curve in a box, the largest at its top; empty for fewer than two. */
export function curvePath(loss: readonly number[], width: number, height: number): string {
  if (loss.length < 2) return ''
  const [low, high] = [Math.min(...loss), Math.max(...loss)]
  const x = (index: number) => (index / (loss.length - 1)) * width
  const y = (value: number) => (high === low ? height / 2 : ((high - value) / (high - low)) * height)
  return loss
    .map((value, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('')
}
