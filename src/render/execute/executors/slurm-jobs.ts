import { dirname, join } from 'node:path'
import { openElsewhere } from '../../cache/store.ts'
import type { Paths } from '../../model/paths.ts'
import type { Executor, Provenance, SlurmSettings } from '../../model/types.ts'
import { openTimes } from '../jobs/expected-times.ts'
import { openSlurmExecutor } from './slurm.ts'
import { openSlurm } from './slurm-commands.ts'

/** How the jobs of a report run on a Slurm cluster. */
export interface SlurmJobs {
  readonly settings: SlurmSettings
  /** Everything is computed again, whatever is stored. */
  readonly isFresh: boolean
  readonly paths: Pick<Paths, 'source' | 'dist' | 'cache'>
  /** Gives the jobs that the report has used before, with their times. */
  known(): Iterable<Provenance>
}

interface Surroundings {
  readonly root: string
  readonly env: NodeJS.ProcessEnv
  readonly threads?: number | undefined
}

/** Opens the executor of a report's jobs on the cluster whose commands are in PATH. */
export function openSlurmJobs(
  { settings, isFresh, paths: { source, dist, cache }, known }: SlurmJobs,
  { root, env, threads = Number(env.WEFT_THREADS || 1) }: Surroundings,
): Executor {
  const folder = join(cache, 'jobs')
  return openSlurmExecutor({
    slurm: openSlurm(env),
    settings,
    folder: join(cache, 'slurm'),
    store: join(cache, 'freeze'),
    jobs: { root, folder },
    report: source,
    out: dist,
    env,
    threads,
    times: openTimes(folder, known),
    isFresh,
    otherFiles: openElsewhere({ root, folder: dirname(source) }, env),
  })
}
