import { cpus } from 'node:os'
import type { Failure, Outcome, Provenance } from '../model/types.ts'

/** Records where, when and with what a result was computed. */
export function provenanceOf(
  outcome: Extract<Outcome, { ok: true }>,
  known: Pick<Provenance, 'label' | 'job' | 'jobs' | 'params'>,
): Provenance {
  const { engine, threads, usesEngine } = outcome.facts
  const { reads, impure } = outcome
  return {
    ...known,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpu: cpus()[0]?.model.trim() || 'unknown',
    ...(engine === undefined ? {} : { engine }),
    ...(threads === undefined ? {} : { threads: Number(threads) }),
    ...(usesEngine === undefined ? {} : { usesEngine: usesEngine === 'true' }),
    computedAt: new Date().toISOString(),
    elapsedMs: Math.round(outcome.elapsedMs),
    bytes: sizeOf(outcome),
    ...(reads === undefined ? {} : { reads }),
    ...(impure === undefined ? {} : { impure }),
  }
}

/** In bytes; a larger result is stored with a warning. */
export const largeBytes = 1_000_000
/** In bytes; a larger result is refused. */
const mostBytes = 10_000_000

/** Gives the size of a result as JSON, in bytes. */
export function sizeOf({
  shown,
  exports,
}: Pick<Extract<Outcome, { ok: true }>, 'shown' | 'exports'>): number {
  return Buffer.byteLength(JSON.stringify({ shown, exports }))
}

/** Gives the failure of a result that is too large to store; undefined for any other. */
export function tooLarge(outcome: Extract<Outcome, { ok: true }>): Failure | undefined {
  const bytes = sizeOf(outcome)
  if (bytes <= mostBytes) return undefined
  const message = `gives ${megabytes(bytes)} of JSON, expected at most ${megabytes(mostBytes)}: keep what the report shows, and compute the rest from it`
  return { kind: 'not-json', message }
}

/** Writes a size: `1.2 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
