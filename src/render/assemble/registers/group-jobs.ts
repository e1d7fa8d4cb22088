import type { Facts, Job } from './gather-facts.ts'

/** All jobs of one experiment. */
export interface ExperimentJobs {
  readonly name: string
  /** Relative to the project's root, without a dot before it. */
  readonly module: string
  readonly jobs: readonly Job[]
}

/** Groups jobs by their experiment, in the order in which the report asks for them. */
export function groupJobs({ jobs }: Pick<Facts, 'jobs'>): ExperimentJobs[] {
  const groups = new Map<string, { name: string; module: string; jobs: Job[] }>()
  for (const job of jobs) {
    const { module, name } = job.request
    const address = `${module}#${name}`
    if (!groups.has(address)) groups.set(address, { name, module: module.replace(/^\.\//, ''), jobs: [] })
    groups.get(address)!.jobs.push(job)
  }
  return [...groups.values()]
}
