/** A job to place. */
export interface Sized {
  /** Undefined if nothing is known of its time. */
  readonly expectedMs: number | undefined
}

export interface Room {
  /** How many tasks can run at once, as far as is known. */
  readonly slots: number
  /** How many jobs a task runs at once. */
  readonly jobsAtOnce: number
  /** The most tasks. */
  readonly most: number
  /** The most work of a task, in milliseconds, if its time is limited. */
  readonly mostMs?: number
}

// To start a task takes Slurm half a second, and the worker another one.
const leastMs = 10_000
// Tasks end at different times: with several a slot, one that is free takes another.
const tasksPerSlot = 4
const unknownMs = 30_000

/**
 * Deals jobs to tasks, the longest first and each to the task that has the least to do, so that all end at about the
 * same time. Short jobs share a task. Tasks come in the order of their work, jobs in a task in that of theirs.
 */
export function planTasks<Job extends Sized>(
  jobs: readonly Job[],
  { slots, jobsAtOnce, most, mostMs = Number.POSITIVE_INFINITY }: Room,
): Job[][] {
  const known = jobs.flatMap(({ expectedMs }) => expectedMs ?? [])
  const usual = known.length > 0 ? known.reduce((sum, ms) => sum + ms, 0) / known.length : unknownMs
  const sized = jobs.map((job) => ({ job, ms: Math.max(1, job.expectedMs ?? usual) }))
  const whole = sized.reduce((sum, { ms }) => sum + ms, 0) / jobsAtOnce
  const wanted = Math.max(inRounds(Math.floor(whole / leastMs), slots), Math.ceil(whole / mostMs), 1)
  const count = Math.max(1, Math.min(wanted, most, Math.ceil(jobs.length / jobsAtOnce)))
  const tasks = Array.from({ length: count }, () => ({ ms: 0, jobs: [] as Job[] }))
  for (const { job, ms } of sized.toSorted((a, b) => b.ms - a.ms)) {
    const least = tasks.reduce((best, task) => (task.ms < best.ms ? task : best))
    least.ms += ms
    least.jobs.push(job)
  }
  return tasks.toSorted((a, b) => b.ms - a.ms).map((task) => task.jobs)
}

// The tasks of a last round that is not full would leave slots idle for a whole task.
function inRounds(count: number, slots: number): number {
  return count <= slots ? count : slots * Math.min(Math.floor(count / slots), tasksPerSlot)
}
