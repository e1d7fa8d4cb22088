import type { Parts } from '../cache/key.ts'
import { reasonOf } from '../cache/reason.ts'
import type { Results, RunEvents } from '../execute/run-report.ts'
import type { Digest, OpenedEngine, Progress, Report, StoredResult } from '../model/types.ts'
import type { OldCode } from '../why/code-change.ts'
import { codeWords } from '../why/explain-parts.ts'

/** What a build tells as it goes. */
export interface BuildEvents {
  started(cell: string): void
  /** A job is told apart by its key: several may have one name. */
  startedJob(name: string, key: Digest): void
  /** Told for each job; up to `jobs` of them run at once. */
  openedEngine(engine: OpenedEngine, jobs: number): void
  progressed(step: Progress, key: Digest): void
  /** A job runs no more, however it came out. */
  endedJob(key: Digest): void
  logged(label: string, text: string): void
  reused(kind: 'cell' | 'job'): void
  finishedJob(name: string, elapsedMs: number): void
}

/** A cell that ran, and why; in document order where there are several. */
export interface RanCell {
  readonly label: string
  readonly reason: string
  readonly elapsedMs: number
  readonly jobs: number
}

/** What decides a result now, and the result that was there before. */
export interface Reason {
  readonly parts: Parts
  readonly previous: StoredResult | 'everything' | undefined
  /** Places of what the latter read and that were different then. */
  readonly changedReads: readonly string[]
}

/** Lists the cells that ran, in document order, each with why. */
export async function ranCells(
  { cells, bundles }: Results,
  reasons: ReadonlyMap<string, Reason>,
  { params }: Report,
  code: OldCode,
): Promise<RanCell[]> {
  const ran = [...cells.values()].filter((cellResult) => cellResult.state === 'ran')
  return Promise.all(
    ran.map(async ({ cell: { label }, elapsedMs, jobs }) => {
      const { parts, previous, changedReads } = reasons.get(label)!
      if (previous === 'everything') return { label, reason: 'asked to', elapsedMs, jobs }
      const isOther = previous && parts.bundle !== previous.parts.bundle
      const words = isOther ? await codeWords(previous.parts.bundle!, bundles.get(label)!, code) : undefined
      return { label, reason: reasonOf(parts, params, previous, words, changedReads), elapsedMs, jobs }
    }),
  )
}

/** Tells a build's events from those of its run, and notes why each cell runs. */
export function runEvents(
  events: BuildEvents,
  reasons: Map<string, Reason>,
  before: (label: string) => Omit<Reason, 'parts'>,
): RunEvents {
  return {
    startedCell({ label }, parts) {
      reasons.set(label, { parts, ...before(label) })
      events.started(`#${label}`)
    },
    finishedCell(cellResult) {
      if (cellResult.state === 'reused') events.reused('cell')
    },
    startedJob: events.startedJob,
    openedEngine: events.openedEngine,
    endedJob: events.endedJob,
    finishedJob(job, how, label) {
      if (how === 'reused') events.reused('job')
      else events.finishedJob(label, job.provenance.elapsedMs)
    },
    progressed: events.progressed,
    logged: events.logged,
  }
}
