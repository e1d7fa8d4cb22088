import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import type { Command } from './candidate.ts'

const timeoutMs = 600_000

interface RunOptions {
  readonly folder: string
  /** Where what the command prints goes. */
  readonly log: string
  /** Holds the command while it runs, for whoever must end it. */
  readonly running: Set<ChildProcess>
}

/**
 * Runs a command to its end and gives its seconds.
 * @throws with the end of what it printed, where it fails or takes ten minutes
 */
export async function runCommand(
  { program, args, env }: Command,
  { folder, log, running }: RunOptions,
): Promise<number> {
  const output = openSync(log, 'w')
  const startedAt = performance.now()
  // A group of its own can be ended whole: mystmd leaves its Jupyter server running.
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output],
    detached: true,
  })
  closeSync(output)
  running.add(child)
  const timer = setTimeout(() => killGroup(child), timeoutMs)
  try {
    const status = await ended(child)
    const seconds = (performance.now() - startedAt) / 1000
    if (status === 0) return seconds
    throw new Error(`${program} ends with ${status}: ${lastLines(log)}`)
  } finally {
    clearTimeout(timer)
    killGroup(child)
    running.delete(child)
  }
}

/** Ends a command and all that it started. */
export function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}

function ended(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (status, signal) => resolve(status ?? signal!))
  })
}

function lastLines(log: string): string {
  return readFileSync(log, 'utf8').trim().split('\n').slice(-6).join('\n')
}
