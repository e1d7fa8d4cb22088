import { cpus } from 'node:os'
import type { Outcome, Provenance } from '../types.ts'

/** Records where, when and by what a result was computed. */
export function provenanceOf(
  outcome: Extract<Outcome, { ok: true }>,
  known: Pick<Provenance, 'label' | 'job' | 'jobs' | 'params'>,
): Provenance {
  const { engine } = outcome.facts
  return {
    ...known,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpu: cpus()[0]?.model.trim() || 'unknown',
    ...(engine === undefined ? {} : { engine }),
    computedAt: new Date().toISOString(),
    elapsedMs: Math.round(outcome.elapsedMs),
  }
}
