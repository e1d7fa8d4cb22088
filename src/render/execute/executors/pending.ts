import { plural } from '../../output/format.ts'
import type { WatchedTask } from './watched-task.ts'

const asked = 'compare what `slurm:` asks for with `sinfo`'

// What Slurm's reasons begin with.
const meanings = {
  Resources: 'its nodes are busy',
  Priority: 'other jobs go first',
  PartitionTimeLimit: 'the partition allows less time: give less with `slurm: { time: ... }`',
  PartitionDown: 'the partition starts no jobs now',
  PartitionInactive: 'the partition starts no jobs now',
  PartitionConfig: `the partition runs no such task: ${asked}`,
  PartitionNodeLimit: `the partition runs no such task: ${asked}`,
  BadConstraints: `no node is like that: ${asked}`,
  ReqNodeNotAvail: 'its nodes are down, drained or reserved',
  JobHeldUser: 'it is held: `scontrol release` frees it',
  JobHeldAdmin: 'an administrator holds it',
  Licenses: 'no license is free',
  Reservation: 'its reservation has not begun',
  QOS: 'a limit of its quality of service is reached',
  Assoc: 'a limit of its account is reached',
} as const

/** Says which tasks of an array wait, and why: `lets 4 jobs in 2 tasks of array 17 wait (Resources: its nodes are busy)`. */
export function pendingWords(arrayId: string, tasks: readonly WatchedTask[], reason: string): string {
  const jobs = plural(tasks.flatMap(({ open }) => open).length, 'job')
  const meaning = Object.entries(meanings).find(([start]) => reason.startsWith(start))?.[1]
  const why = meaning === undefined ? reason : `${reason}: ${meaning}`
  return `lets ${jobs} in ${plural(tasks.length, 'task')} of array ${arrayId} wait (${why})`
}
