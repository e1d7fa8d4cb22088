import { cpus } from 'node:os'
import { canonicalJson } from '../model/digest.ts'
import { firstDifference, type JsonDifference } from '../model/first-difference.ts'
import type { Failure, Json, Outcome, Provenance, StoredResult } from '../model/types.ts'

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

/** Two results of one key that should be equal. */
export interface Difference {
  readonly now: StoredResult
  readonly before: StoredResult
  /** File of the earlier one. */
  readonly beforePath: string
  /** File of the new one, which may be the same. */
  readonly nowPath: string
  /** Where they first differ, and what is there; undefined where there is nothing. */
  readonly member: JsonDifference
}

/**
 * Finds the first place at which a result computed again differs from an earlier one of its key, in what must
 * reproduce: what it shows and exports. Gives undefined if they agree, or if they may differ: because other files,
 * another engine, another kind of processor or another major version of Node computed them.
 */
export function differenceOf(before: StoredResult, now: StoredResult): JsonDifference | undefined {
  return conditionsOf(before) === conditionsOf(now) ? firstOf(before, now) : undefined
}

/** Says whether two results of a key show and export the same: only what was measured may differ. */
export function isSame(before: StoredResult, now: StoredResult): boolean {
  return firstOf(before, now) === undefined
}

function firstOf(before: StoredResult, now: StoredResult): JsonDifference | undefined {
  const [one, other] = [before, now].map(({ shown, exports }) => ({ shown, exports }) as unknown as Json)
  return firstDifference(one, other)
}

function conditionsOf({ provenance }: StoredResult): string {
  const { node, platform, cpu, engine = '', threads = 0, reads = {} } = provenance
  return canonicalJson([node.split('.')[0]!, platform, cpu, engine, threads, reads])
}
