import type { Store } from '../cache/store.ts'
import { readCached, writeCached } from '../model/cache-file.ts'
import { keyOfCell } from '../model/lock.ts'
import type { JobRequest } from '../model/types.ts'
import type { Mode } from '../pipeline/mode.ts'
import type { Program } from '../pipeline/stages.ts'

/** How long each experiment took when it last ran. */
export interface JobTimes {
  /** In milliseconds; undefined if it is not known to have run. */
  last(experiment: Experiment): number | undefined
  set(experiment: Experiment, elapsedMs: number): void
}

type Experiment = Pick<JobRequest, 'module' | 'name'>

/**
 * Opens the times that previews of a profile have measured.
 *
 * @param path where they are kept from preview to preview
 * @param stored gives an experiment's time if no preview ran it
 */
export function openJobTimes(path: string, stored: (experiment: Experiment) => number | undefined): JobTimes {
  const known = new Map<string, number | undefined>(Object.entries(timesIn(path)))
  return {
    last(experiment) {
      const name = nameOf(experiment)
      if (!known.has(name)) known.set(name, stored(experiment))
      return known.get(name)
    },
    set(experiment, elapsedMs) {
      known.set(nameOf(experiment), elapsedMs)
      // Several previews may run: each adds to what is there.
      writeCached(path, { ...timesIn(path), [nameOf(experiment)]: elapsedMs })
    },
  }
}

/**
 * Finds the time of the experiment's last job among those that accepted results and the last build depend on.
 *
 * @param program of the profile
 */
export function storedTime(
  { module, name }: Experiment,
  mode: Mode,
  { source: { report, tree } }: Program,
  store: Store,
): number | undefined {
  const [accepted, last] = [mode.accepted(report), mode.lastKeys(report)]
  const jobs = tree.cells
    .flatMap(({ label }) => [keyOfCell(accepted, label), last[label]])
    .flatMap((key) => store.find(key)?.provenance.jobs ?? [])
    .flatMap((key) => store.find(key)?.provenance ?? [])
    .filter(({ job }) => job?.module === module && job.name === name)
    .sort((a, b) => (a.computedAt < b.computedAt ? 1 : -1))
  return jobs[0]?.elapsedMs
}

function nameOf({ module, name }: Experiment): string {
  return `${module}#${name}`
}

function timesIn(path: string): Readonly<Record<string, number>> {
  return readCached(path) ?? {}
}
