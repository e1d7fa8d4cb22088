import type { Digest } from '../../model/types.ts'
import { type Batch, lastWordsOf } from './batches.ts'
import type { TaskEnd, WatchedTask } from './watched-task.ts'

/** A task that gives no more results. */
export interface Ended {
  /** Its jobs without a result. */
  readonly open: readonly Digest[]
  /** Those of them that may have ended it. */
  readonly suspects: readonly Digest[]
  /** For people: `on n1 ended as TIMEOUT`. */
  readonly why: string
  /** The next try would end in the same way. */
  readonly isHopeless: boolean
  /** Its node, if other jobs had better run elsewhere. */
  readonly avoid: string | undefined
}

// A node that cannot run the worker ends task after task at once, and so draws all others.
const nodeStates = ['FAILED', 'NODE_FAIL', 'BOOT_FAIL', 'LAUNCH_FAILED', 'RECONFIG_FAIL']

// Its worker says only that it was stopped.
const stoppedStates = ['CANCELLED', 'PREEMPTED', 'TIMEOUT', 'DEADLINE']

/** Says what the end of a task means for its jobs. */
export function endedOf(batch: Batch, index: number, task: WatchedTask, { how, why, node }: TaskEnd): Ended {
  const { open, state } = task
  const begun = open.filter((key) => task.started.has(key))
  const words = task.started.size === 0 && !stoppedStates.includes(state) ? lastWordsOf(batch, index) : ''
  const isOfNode = state === 'NODE_FAIL' || (!task.isBegun && nodeStates.includes(state))
  // Slurm took its node for more urgent work, or its jobs took all its time together: this says nothing of one of them.
  const isOfNone = state === 'PREEMPTED' || (state === 'TIMEOUT' && task.done.size > 0)
  const isFull = state === 'OUT_OF_MEMORY'
  const isLate = state === 'TIMEOUT' && task.done.size === 0
  const needs = isFull ? 'memory' : 'time'
  const advice =
    isFull || isLate
      ? `: give it more with \`slurm: { ${needs}: ... }\``
      : words === '' && !task.isBegun && (isOfNode || how === 'lost')
        ? ` before its first word, expected a node that can write into ${batch.folder}`
        : ''
  const [where, last] = [node === undefined ? '' : `on ${node} `, words === '' ? '' : `: ${words}`]
  return {
    open,
    suspects: isOfNone ? [] : begun.length > 0 ? begun : task.started.size === 0 ? open : [],
    why: `${where}${why}${advice}${last}`,
    isHopeless: isFull || isLate,
    avoid: how === 'lost' || isOfNode ? node : undefined,
  }
}
