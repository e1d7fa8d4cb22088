import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import type { Command } from './candidate.ts'

const timeoutMs = 600_000

interface RunOptions {
  readonly folder: string
  /** File for the output of the command. */
  readonly log: string
  /** Contains the command while it runs, so that the caller can kill it. */
  readonly running: Set<ChildProcess>
}

/**
 * Runs a command to its end and gives its time in seconds.
 * @throws if it fails or takes ten minutes, with the end of its output
 */
export async function runCommand(
  { program, args, env }: Command,
  { folder, log, running }: RunOptions,
): Promise<number> {
  const output = openSync(log, 'w')
  const startedAt = performance.now()
  // Its own group, so that killing it ends all its processes: mystmd leaves its Jupyter server running.
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

/** Kills a command and all processes that it started. */
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
