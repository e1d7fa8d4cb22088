import { mkdirSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { type Cluster, openCluster, whyNoCluster } from '../slurm/cluster.ts'
import type { Fault } from './fault.ts'
import type { Place } from './project.ts'

// Of the rounds under way, by their folder.
const clusters = new Map<string, Cluster>()

// Beside the folder of the round: daemons that outlive a build are no processes of it.
const folderOf = ({ box }: Place) => `${box}-cluster`

/** Takes nodes from a build whose jobs run on a cluster. */
export const nodeFaults: readonly Fault[] = [
  {
    name: 'kill a node of a cluster',
    command: 'build',
    args: ['--executor', 'slurm'],
    states: ['new', 'edited'],
    isHarmless: true,
    lacks: whyNoCluster,
    async prepare({ place }) {
      mkdirSync(folderOf(place), { recursive: true })
      clusters.set(place.box, await openCluster({ folder: folderOf(place) }))
    },
    settings: ({ place }) => ({ env: { SLURM_CONF: clusters.get(place.box)!.env.SLURM_CONF } }),
    async strike({ place, running, random, note }) {
      const { nodes, processesOn, killNode } = clusters.get(place.box)!
      // Else most moments would come before a task has begun.
      while (running.isRunning() && nodes.every((name) => processesOn(name).length === 0)) await pause(20)
      await pause(random.uniform(0, 2_000))
      const busy = nodes.filter((name) => processesOn(name).length > 0)
      const node = busy[random.below(busy.length)]
      note(node ? `${node} of ${busy.length} that are busy` : 'came too late')
      if (node) killNode(node)
    },
    async mend({ place }) {
      await clusters.get(place.box)?.close()
      clusters.delete(place.box)
      rmSync(folderOf(place), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  },
]
