import { watch } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathsIn } from './compare.ts'
import type { Disturbed, Fault } from './fault.ts'
import { processesOf, type Role, type Row, roleOf, send } from './processes.ts'

const states = ['new', 'edited'] as const

/** Ends and stops the processes of a build. */
export const signalFaults: readonly Fault[] = [
  { name: 'kill the build', command: 'build', states, strike: (round) => void killBuild(round) },
  {
    name: 'stop the build by a signal',
    command: 'build',
    states,
    strike({ running, random, note }) {
      const signal = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const)[random.below(3)]!
      note(signal)
      send(running.child.pid!, signal)
    },
  },
  { name: 'kill a worker', command: 'build', states, strike: (round) => killOne(round, 'worker') },
  { name: 'kill the browser', command: 'build', states, strike: (round) => killOne(round, 'browser') },
  {
    name: 'stop and continue processes',
    command: 'build',
    states,
    isHarmless: true,
    strike: stopAndContinue,
  },
  { name: 'kill accept', command: 'accept', states: ['edited', 'built'], strike: killAccept },
  {
    name: 'two builds, one killed',
    command: 'build',
    states,
    strike: (round) => besideAnother(round, 'build'),
  },
  {
    name: 'free space during a build',
    command: 'build',
    states: ['new', 'edited', 'built'],
    isHarmless: true,
    async strike({ place, start, note }) {
      // Not the caches of whoever runs this.
      const env = { XDG_CACHE_HOME: join(place.box, 'cache'), HOME: join(place.box, 'home') }
      const { code, text } = await start(['gc', '--remove', '--days', '0'], env).ended
      note(text.trim().split('\n').at(-1) ?? '')
      if (code !== 0) throw new Error(`Cannot free space: ${text}`)
    },
  },
  {
    name: 'two accepts, one killed',
    command: 'accept',
    states: ['edited', 'built'],
    strike: (round) => besideAnother(round, 'accept'),
  },
]

async function besideAnother({ running, random, start, note }: Disturbed, command: string): Promise<void> {
  const other = start([command, '--jobs', '2'])
  await pause(random.uniform(0, 2_500))
  const which = random.below(3)
  note(['neither is killed', 'the first is killed', 'the second is killed'][which]!)
  const killed = [undefined, running, other][which]
  if (killed) send(killed.child.pid!, 'SIGKILL')
  await other.ended
}

// The one that the shell started, the one that builds, or all at once, as the end of a machine or a container.
function killBuild({ place, running, random, note }: Disturbed): void {
  const rows = processesOf(place.box)
  const which = random.below(3)
  const pids = [
    [running.child.pid!],
    rows.filter((row) => roleOf(row) === 'build').map(({ pid }) => pid),
    rows.map(({ pid }) => pid),
  ][which]!
  note(`${['the command', 'the build', 'all processes'][which]} of ${rows.length}`)
  for (const pid of pids) send(pid, 'SIGKILL')
}

// Waits for one, if there is none at this moment: else most early moments would do nothing.
async function killOne({ place, running, random, note }: Disturbed, role: Role): Promise<void> {
  let rows: Row[] = []
  while (running.isRunning() && rows.length === 0) {
    rows = processesOf(place.box).filter((row) => roleOf(row) === role)
    if (rows.length === 0) await pause(5)
  }
  const row = rows[random.below(rows.length)]
  const type = /--type=(\S+)/.exec(row?.command ?? '')?.[1] ?? 'the first'
  note(row ? `${role === 'browser' ? type : 'one'} of ${rows.length}` : 'came too late')
  if (row) send(row.pid, 'SIGKILL')
}

async function stopAndContinue({ place, running, random, note }: Disturbed): Promise<void> {
  for (let time = 0; time < 4 && running.isRunning(); time++) {
    const rows = processesOf(place.box)
    const row = rows[random.below(rows.length)]
    const ms = Math.round(random.uniform(50, 1_500))
    if (!row) continue
    note(`${roleOf(row)} for ${ms} ms`)
    send(row.pid, 'SIGSTOP')
    await pause(ms)
    send(row.pid, 'SIGCONT')
    await pause(random.uniform(0, 200))
  }
}

// Half of the rounds wait for the first file that is published: publishing takes milliseconds of seconds.
async function killAccept(round: Disturbed): Promise<void> {
  const { place, running, random, note } = round
  if (random.below(2) === 0) {
    note('at any moment')
    killBuild(round)
    return
  }
  const { freeze } = pathsIn(place)
  await new Promise<void>((resolve) => {
    const watcher = watch(freeze, (_, name) => {
      if (name?.startsWith('publishing-')) return
      watcher.close()
      resolve()
    })
    void running.ended.then(() => {
      watcher.close()
      resolve()
    })
  })
  const ms = random.uniform(0, 8)
  note(`${ms.toFixed(1)} ms after the first published file`)
  await pause(ms)
  for (const { pid } of processesOf(place.box)) send(pid, 'SIGKILL')
}
