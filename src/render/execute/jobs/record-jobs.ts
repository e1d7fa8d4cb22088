import type { Executor } from '../../model/types.ts'
import { aborted } from '../task-process.ts'
import type { Workers } from '../workers.ts'
import type { JobTask } from './job-files.ts'

/** Gives workers whose cells run, and whose jobs are told to `onJob` in place of being run. */
export function recordJobs(workers: Workers, onJob: (task: JobTask) => void): Workers {
  const jobs: Executor = {
    async run(task) {
      if (task.job) onJob({ ...task, job: task.job })
      return aborted()
    },
    close: () => workers.jobs.close(),
  }
  return { ...workers, jobs }
}
