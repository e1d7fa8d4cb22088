import { aligned } from '../aligned.ts'
import { median } from '../median.ts'
import type { Candidate, Phase } from './candidate.ts'
import { phases } from './candidate.ts'
import type { Build } from './measure.ts'

/** The time of one candidate in one phase. */
export interface Time {
  readonly candidate: Candidate
  readonly phase: Phase
  /** Median of all rounds. */
  readonly seconds: number
  readonly lowest: number
  readonly highest: number
  /** Maximum over all rounds. */
  readonly cellsRun: number | undefined
}

/** Summarizes the builds of all rounds, by phase. */
export function timesOf(candidate: Candidate, builds: readonly Build[]): Time[] {
  return phases.map((phase) => {
    const those = builds.filter((build) => build.phase === phase)
    const seconds = those.map((build) => build.seconds)
    const cells = those.flatMap(({ cellsRun }) => cellsRun ?? [])
    return {
      candidate,
      phase,
      seconds: median(seconds),
      lowest: Math.min(...seconds),
      highest: Math.max(...seconds),
      cellsRun: cells.length > 0 ? Math.max(...cells) : undefined,
    }
  })
}

/** Prints the times, each with its ratio to Weft's for the same document and phase. */
export function printTimes(times: readonly Time[]): void {
  const heads = ['document', 'phase', 'tool', 'seconds', 'lowest to highest', 'of weft', 'cells run']
  // Sort so that the tools to compare are in adjacent rows.
  const sorted = times.toSorted(
    (a, b) =>
      a.candidate.document.localeCompare(b.candidate.document) ||
      phases.indexOf(a.phase) - phases.indexOf(b.phase),
  )
  const rows = sorted.map((time) => [
    time.candidate.document,
    time.phase,
    time.candidate.tool,
    time.seconds.toFixed(2),
    `${time.lowest.toFixed(2)} to ${time.highest.toFixed(2)}`,
    ratio(time, times),
    time.cellsRun === undefined ? '-' : String(time.cellsRun),
  ])
  console.log()
  for (const line of aligned([heads, ...rows], 3)) console.log(line)
}

function ratio({ candidate, phase, seconds }: Time, times: readonly Time[]): string {
  const base = times.find(
    (time) =>
      time.candidate.tool === 'weft' &&
      time.candidate.document === candidate.document &&
      time.phase === phase,
  )
  return base ? (seconds / base.seconds).toFixed(2) : '-'
}
