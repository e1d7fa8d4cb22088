import type { Digest } from '../../model/types.ts'
import type { ExpectedTimes } from '../jobs/expected-times.ts'
import type { JobTask } from '../jobs/job-files.ts'

// A few more tasks than needed cost less than to wait.
const mostUnknown = 16
const firstJobs = 4
// What runs for so long deserves a task of its own.
const longMs = 10_000
// If they wait for a busy cluster, so must the others.
const queueMs = 60_000

interface Held {
  readonly keys: Digest[]
  readonly first: ReadonlySet<Digest>
  readonly since: number
  startedAt?: number
  isKnown?: boolean
}

/**
 * Lets a few jobs of a sweep go first if nobody knows how long its jobs take. The others follow when the first result
 * tells, so that hundreds of trivial jobs do not become as many tasks; or all at once, if the first ones take long.
 */
export class FirstJobs {
  readonly #times: Pick<ExpectedTimes, 'expectedMs'>
  readonly #held = new Map<string, Held>()
  // Experiments whose time stayed unknown.
  readonly #released = new Set<string>()

  constructor(times: Pick<ExpectedTimes, 'expectedMs'>) {
    this.#times = times
  }

  /** Gives the jobs to submit now, and holds the others back. */
  choose(tasks: readonly JobTask[], now: number): JobTask[] {
    const groups = new Map<string, JobTask[]>()
    for (const task of tasks)
      if (this.#isUnknown(task)) groups.set(nameOf(task), [...(groups.get(nameOf(task)) ?? []), task])
    const later = new Set([...groups].flatMap(([name, group]) => this.#hold(name, group, now)))
    return tasks.filter(({ key }) => !later.has(key))
  }

  /** A job has begun. */
  started(key: Digest, now: number): void {
    for (const held of this.#held.values()) if (held.first.has(key)) held.startedAt ??= now
  }

  /** A job has a result, or will have none. */
  ended(key: Digest): void {
    for (const held of this.#held.values()) if (held.first.has(key)) held.isKnown = true
  }

  /** Gives the jobs that need not be held back any longer. */
  due(now: number): Digest[] {
    const due = [...this.#held].filter(
      ([, { isKnown, startedAt, since }]) =>
        isKnown || now - (startedAt ?? now) >= longMs || now - since >= queueMs,
    )
    for (const [name] of due) {
      this.#held.delete(name)
      this.#released.add(name)
    }
    return due.flatMap(([, { keys }]) => keys)
  }

  #isUnknown({ job }: JobTask): boolean {
    return this.#times.expectedMs(job.request) === undefined
  }

  #hold(name: string, group: readonly JobTask[], now: number): Digest[] {
    const keys = group.map(({ key }) => key)
    const before = this.#held.get(name)
    if (before) {
      // Their task may have been lost.
      const others = keys.filter((key) => !before.first.has(key))
      before.keys.push(...others)
      return others
    }
    if (group.length <= mostUnknown || this.#released.has(name)) return []
    // Of all over the sweep, whose jobs may grow.
    const first = new Set(
      Array.from({ length: firstJobs }, (_, index) => keys[Math.floor((index * keys.length) / firstJobs)]!),
    )
    const others = keys.filter((key) => !first.has(key))
    this.#held.set(name, { keys: others, first, since: now })
    return others
  }
}

function nameOf({ job: { request } }: JobTask): string {
  return `${request.module}#${request.name}`
}
