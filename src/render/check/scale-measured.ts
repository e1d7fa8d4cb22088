import { seededRandom } from '../../statistics/random.ts'
import { toStoredResult } from '../cache/result-store.ts'
import { canonicalJson } from '../model/digest.ts'
import type { Digest, Json, StoredResult } from '../model/types.ts'

/** Gives jobs with measurements as from another machine. */
export type Remeasure = (jobs: readonly StoredResult[]) => ReadonlyMap<Digest, StoredResult>

/** Multiplies every measured number by its own factor, 1.3 to 3. */
export function scaleEach(seed: number): Remeasure {
  const { uniform } = seededRandom(seed)
  const factor = () => 1.3 + 1.7 * uniform()
  return (jobs) => new Map(jobs.map((job) => [job.key, withMeasured(job, scale(job.measured, factor))]))
}

/**
 * Multiplies the measurements of jobs that differ only in their seed by one factor, 1/30 to 30: another group becomes
 * the fastest, and the seeds still agree about it.
 */
export function scaleGroups(seed: number): Remeasure {
  const { uniform } = seededRandom(seed)
  return (jobs) => {
    const groups = [...new Set(jobs.map(groupOf))].sort()
    const factors = new Map(groups.map((group) => [group, 30 ** (2 * uniform() - 1)]))
    return new Map(
      jobs.map((job) => [
        job.key,
        withMeasured(
          job,
          scale(job.measured, () => factors.get(groupOf(job))!),
        ),
      ]),
    )
  }
}

/** Gives jobs their accepted measurements beside their current results. */
export function measureAsAccepted(accepted: ReadonlyMap<Digest, StoredResult['measured']>): Remeasure {
  return (jobs) =>
    new Map(
      jobs.flatMap((job) => {
        const before = accepted.get(job.key)
        return before ? [[job.key, withMeasured(job, before)] as const] : []
      }),
    )
}

/** Checks whether a job measured anything. */
export function isMeasuring({ measured }: StoredResult): boolean {
  return Object.keys(measured).length > 0
}

function withMeasured(job: StoredResult, measured: Json): StoredResult {
  return toStoredResult({ ...job, measured: measured as StoredResult['measured'] })
}

function groupOf({ key, provenance: { job } }: StoredResult): string {
  return job ? canonicalJson([job.module, job.name, job.params]) : key
}

function scale(value: Json, factor: () => number): Json {
  // A factor would not change a zero.
  if (typeof value === 'number') return value === 0 ? factor() : value * factor()
  if (Array.isArray(value)) return value.map((item) => scale(item, factor))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, scale(item, factor)]))
}
