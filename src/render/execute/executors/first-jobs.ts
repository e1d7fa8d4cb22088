import type { Digest } from '../../model/types.ts'
import type { ExpectedTimes } from '../jobs/expected-times.ts'
import type { JobTask } from '../jobs/job-files.ts'

// A few more tasks than needed cost less than to wait.
const mostUnknown = 16
const firstTasks = 2
// What runs for so long deserves a task of its own.
const longMs = 10_000
// If they wait for a busy cluster, so must the others.
const queueMs = 60_000

interface FirstTask {
  /** Its jobs that have not ended. */
  readonly open: Set<Digest>
  /** It has told how long its jobs take. */
  hasTold: boolean
  startedAt?: number
}

interface Held {
  readonly keys: Digest[]
  readonly first: ReadonlySet<Digest>
  readonly tasks: readonly FirstTask[]
  readonly since: number
}

/** The jobs to submit now. */
export interface Chosen {
  readonly jobs: readonly JobTask[]
  /** Those of them that go first, by the task that has to run them one after the other. */
  readonly together: readonly (readonly Digest[])[]
}

/**
 * Lets two tasks with a few jobs of a sweep go first if nobody knows how long its jobs take. The others follow when
 * each of the two that has begun tells, so that hundreds of trivial jobs do not become as many tasks; or all at once,
 * if the first ones take long. The first job of a process takes longer than the others, so a task has one that is not.
 */
export class FirstJobs {
  readonly #times: Pick<ExpectedTimes, 'expectedMs'>
  readonly #jobsAtOnce: number
  readonly #held = new Map<string, Held>()
  // Experiments whose time stayed unknown.
  readonly #released = new Set<string>()

  /** @param jobsAtOnce how many jobs a task runs at once, each in a process of its own */
  constructor(times: Pick<ExpectedTimes, 'expectedMs'>, jobsAtOnce = 1) {
    this.#times = times
    this.#jobsAtOnce = jobsAtOnce
  }

  /** Gives the jobs to submit now, and holds the others back. */
  choose(tasks: readonly JobTask[], now: number): Chosen {
    const groups = new Map<string, JobTask[]>()
    for (const task of tasks)
      if (this.#isUnknown(task)) groups.set(nameOf(task), [...(groups.get(nameOf(task)) ?? []), task])
    const chosen = [...groups].map(([name, group]) => this.#hold(name, group, now))
    const later = new Set(chosen.flatMap((each) => each.later))
    return {
      jobs: tasks.filter(({ key }) => !later.has(key)),
      together: chosen.flatMap((each) => each.together),
    }
  }

  /** A job has begun. */
  started(key: Digest, now: number): void {
    for (const task of this.#tasksOf(key)) task.startedAt ??= now
  }

  /** A job has a result, or will have none. Says whether its time tells how long others take. */
  ended(key: Digest, isTelling: boolean): void {
    for (const task of this.#tasksOf(key)) {
      task.open.delete(key)
      task.hasTold ||= isTelling || task.open.size === 0
    }
  }

  /** Gives the jobs that need not be held back any longer. */
  due(now: number): Digest[] {
    const due = [...this.#held].filter(([, held]) => isDue(held, now))
    for (const [name] of due) {
      this.#held.delete(name)
      this.#released.add(name)
    }
    return due.flatMap(([, { keys }]) => keys)
  }

  #isUnknown({ job }: JobTask): boolean {
    return this.#times.expectedMs(job.request) === undefined
  }

  #tasksOf(key: Digest): FirstTask[] {
    return [...this.#held.values()].flatMap(({ tasks }) => tasks.filter(({ open }) => open.has(key)))
  }

  #hold(name: string, group: readonly JobTask[], now: number): { later: Digest[]; together: Digest[][] } {
    const keys = group.map(({ key }) => key)
    const before = this.#held.get(name)
    if (before) {
      // Their task may have been lost.
      const later = keys.filter((key) => !before.first.has(key))
      before.keys.push(...later)
      return { later, together: [] }
    }
    if (group.length <= mostUnknown * this.#jobsAtOnce || this.#released.has(name))
      return { later: [], together: [] }
    const together = dealtFirst(keys, 2 * this.#jobsAtOnce)
    const first = new Set(together.flat())
    const later = keys.filter((key) => !first.has(key))
    const tasks = together.map((own) => ({ open: new Set(own), hasTold: false }))
    this.#held.set(name, { keys: later, first, tasks, since: now })
    return { later, together }
  }
}

// Of all over the sweep, whose jobs may grow. The last ones of a task tell, so they are those from the end.
function dealtFirst(keys: readonly Digest[], each: number): Digest[][] {
  const count = firstTasks * each
  const first = Array.from(
    { length: count },
    (_, index) => keys[Math.round((index * (keys.length - 1)) / (count - 1))]!,
  )
  return Array.from({ length: firstTasks }, (_, task) =>
    first.filter((_key, index) => index % firstTasks === task),
  )
}

function isDue({ tasks, since }: Held, now: number): boolean {
  const begun = tasks.filter(({ startedAt, hasTold }) => startedAt !== undefined || hasTold)
  if (begun.length > 0 && begun.every(({ hasTold }) => hasTold)) return true
  return begun.some(({ startedAt = now }) => now - startedAt >= longMs) || now - since >= queueMs
}

function nameOf({ job: { request } }: JobTask): string {
  return `${request.module}#${request.name}`
}
