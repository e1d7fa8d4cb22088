import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** A process that belongs to a round. */
export interface Row {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

/** What a process does in a build. */
export type Role = 'command' | 'build' | 'worker' | 'browser' | 'other'

/**
 * Lists the processes of a round, also those whose parent has ended: they work in its folder, or have it in their
 * environment. Linux only.
 */
export function processesOf(box: string): Row[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isIn(name, box))
    .flatMap((name) => rowOf(Number(name)))
}

/** Says what a process does in a build. */
export function roleOf({ command }: Row): Role {
  if (/chrom|headless/i.test(command)) return 'browser'
  if (command.includes('lib/process.js')) return 'worker'
  if (command.includes('lib/command.js')) return 'build'
  return command.includes('lib/cli.js') ? 'command' : 'other'
}

/** Waits until all processes of a round have ended; gives those that still run after a time. */
export async function leftOf(box: string, patienceMs: number): Promise<Row[]> {
  for (let waited = 0; ; waited += 50) {
    const rows = processesOf(box)
    if (rows.length === 0 || waited >= patienceMs) return rows
    await pause(50)
  }
}

/** Sends a signal to a process, if it is still there. */
export function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

function isIn(pid: string, box: string): boolean {
  if (Number(pid) === process.pid) return false
  try {
    if (`${readlinkSync(`/proc/${pid}/cwd`)}/`.startsWith(`${box}/`)) return true
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`TMPDIR=${box}/`)
  } catch {
    return false
  }
}

// One that has ended, and whose parent has not asked for its status yet, has no command.
function rowOf(pid: number): Row[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return stat[0] === 'Z' || command === '' ? [] : [{ pid, parent: Number(stat[1]), command }]
  } catch {
    return []
  }
}
