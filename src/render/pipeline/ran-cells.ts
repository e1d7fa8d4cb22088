import type { Parts } from '../cache/key.ts'
import { reasonOf } from '../cache/reason.ts'
import type { Results, RunEvents } from '../execute/run-report.ts'
import type { Report, StoredResult } from '../model/types.ts'
import type { OldCode } from '../why/code-change.ts'
import { codeWords } from '../why/explain-parts.ts'
import type { BuildEvents, RanCell } from './report.ts'

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
