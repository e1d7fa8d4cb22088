import { bundleJob } from '../bundle/bundle-job.ts'
import type { Results } from '../execute/run-report.ts'
import type { LockedProfile } from '../model/lock.ts'
import { symbolDigests } from './code-change.ts'
import { symbolsOf } from './symbols.ts'

/**
 * Gives the digests of all declarations that the results of a report rest on, of cells and of jobs, to say later
 * which of them changed where the code itself is no more.
 */
export async function acceptedSources(
  root: string,
  { bundles, jobs }: Pick<Results, 'bundles' | 'jobs'>,
): Promise<LockedProfile['sources']> {
  const requests = new Map(
    [...jobs.values()].map(({ provenance: { job } }) => [`${job!.module}#${job!.name}`, job!]),
  )
  const ofJobs = await Promise.all([...requests.values()].map((request) => bundleJob(root, request)))
  return symbolDigests(await Promise.all([...bundles.values(), ...ofJobs].map(symbolsOf)))
}
