import { join } from 'node:path'
import { readCached, writeCached } from '../../model/cache-file.ts'
import { digestOf } from '../../model/digest.ts'
import type { JobRequest, Provenance } from '../../model/types.ts'

/** How long jobs took, and so will take, in milliseconds. */
export interface ExpectedTimes {
  /** Gives the time of the last job with these params, else the mean of the same experiment's; undefined if none has run. */
  expectedMs(request: JobRequest): number | undefined
  add(request: JobRequest, elapsedMs: number): void
  /** Keeps what was added for later builds. */
  save(): void
}

// Experiment -> digest of its params -> time. Seeds make no difference.
type Times = { [experiment: string]: { [params: string]: number } }

/**
 * Opens the times of jobs.
 *
 * @param folder where they are kept from build to build
 * @param known gives the stored results that the report depends on; asked once, if a time is not known otherwise
 */
export function openTimes(
  folder: string,
  known: () => Iterable<Pick<Provenance, 'job' | 'elapsedMs'>>,
): ExpectedTimes {
  const path = join(folder, 'times.json')
  const kept = readCached<Times>(path) ?? {}
  const added: Times = {}
  let stored: Times | undefined
  const storedTimes = () => {
    if (!stored) {
      stored = {}
      for (const { job, elapsedMs } of known()) if (job) put(stored, job, elapsedMs)
    }
    return stored
  }
  const layers = function* () {
    yield added
    yield kept
    yield storedTimes()
  }
  return {
    expectedMs(request) {
      const params = digestOf(request.params)
      for (const times of layers()) {
        const exact = times[nameOf(request)]?.[params]
        if (exact !== undefined) return exact
      }
      for (const times of layers()) {
        const all = Object.values(times[nameOf(request)] ?? {})
        if (all.length > 0) return all.reduce((sum, ms) => sum + ms, 0) / all.length
      }
      return undefined
    },
    add: (request, elapsedMs) => put(added, request, elapsedMs),
    save() {
      if (Object.keys(added).length === 0) return
      // Several builds may run: each adds to what is there.
      const now = readCached<Times>(path) ?? {}
      for (const [name, times] of Object.entries(added)) now[name] = { ...now[name], ...times }
      writeCached(path, now)
    },
  }
}

function put(times: Times, request: JobRequest, elapsedMs: number): void {
  const name = nameOf(request)
  times[name] = { ...times[name], [digestOf(request.params)]: elapsedMs }
}

function nameOf({ module, name }: JobRequest): string {
  return `${module}#${name}`
}
