import type { Progress } from '../model/types.ts'
import type { JobState } from './protocol.ts'

/** Collects what a running job tells of itself. */
export interface JobProgress {
  readonly label: string
  /** Called when the job gets its process. */
  start(): void
  step(step: Progress): void
  /** When the last step came, since the epoch; 0 before the first. */
  readonly steppedAt: number
  /** Undefined before the first step. */
  readonly state: JobState | undefined
}

const mostPoints = 200

/** @param now the time in milliseconds */
export function openJobProgress(label: string, now: () => number = Date.now): JobProgress {
  let startedAt = now()
  let steppedAt = 0
  let last: Progress | undefined
  const losses: number[] = []
  return {
    label,
    get steppedAt() {
      return steppedAt
    },
    start() {
      startedAt = now()
    },
    step(step) {
      last = step
      steppedAt = now()
      if (step.loss !== undefined && Number.isFinite(step.loss)) losses.push(step.loss)
    },
    get state() {
      if (!last) return undefined
      const { epoch, epochs } = last
      const secondsLeft = ((steppedAt - startedAt) / epoch / 1000) * (epochs - epoch)
      return {
        label,
        done: epoch,
        total: epochs,
        unit: 'epochs',
        ...(epoch > 0 ? { secondsLeft } : {}),
        ...(losses.length > 0 ? { loss: thinned(losses) } : {}),
      }
    },
  }
}

/** Takes evenly spaced points, the first and the last among them. */
function thinned(points: readonly number[]): readonly number[] {
  if (points.length <= mostPoints) return [...points]
  const step = (points.length - 1) / (mostPoints - 1)
  return Array.from({ length: mostPoints }, (_, index) => points[Math.round(index * step)]!)
}
