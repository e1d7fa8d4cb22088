import { freeze } from '../execute/freezer.ts'
import type { Random } from '../random.ts'
import type { Frozen, Json } from '../types.ts'

/** Gives a job as if it had been measured on another machine: each measured number times 1.3 to 3. */
export function scaleMeasured(job: Frozen, random: Random): Frozen {
  return freeze({ ...job, measured: scale(job.measured, random) as Frozen['measured'] })
}

/** Says whether a job measured anything. */
export function isMeasuring({ measured }: Frozen): boolean {
  return Object.keys(measured).length > 0
}

function scale(value: Json, random: Random): Json {
  if (typeof value === 'number') {
    const factor = 1.3 + 1.7 * random.uniform()
    // Times a factor it would stay as it is.
    return value === 0 ? factor : value * factor
  }
  if (Array.isArray(value)) return value.map((item) => scale(item, random))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, scale(item, random)]))
}
