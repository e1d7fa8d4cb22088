import { type ChildProcess, spawn } from 'node:child_process'
import { availableParallelism, homedir, loadavg } from 'node:os'
import { join } from 'node:path'
import { home } from '../home.ts'
import { processesOf, send } from './processes.ts'
import type { Place } from './project.ts'

/** How a command ended. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly text: string
  readonly elapsedMs: number
  /** It ran too long: these processes were left, and were killed. */
  readonly hung?: readonly string[]
}

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  readonly isRunning: () => boolean
}

interface Settings {
  readonly limitMs: number
  readonly env?: NodeJS.ProcessEnv
  /** The largest file that it may write, in KiB. */
  readonly mostKb?: number
}

/**
 * Starts `weft` in a project. It is killed, with all of its processes, after `limitMs`, or after at most ten times as
 * long while the machine has much else to do.
 */
export function startWeft(
  { box, folder }: Place,
  args: readonly string[],
  { limitMs, env = {}, mostKb }: Settings,
): Running {
  const startedAt = performance.now()
  const command = [process.execPath, join(home, 'lib/cli.js'), ...args]
  // dash counts in blocks of 512 bytes.
  const limited = ['sh', '-c', `ulimit -f ${2 * (mostKb ?? 0)}; exec "$@"`, 'sh', ...command]
  const [program, ...words] = mostKb === undefined ? command : limited
  const child = spawn(program!, words, {
    cwd: folder,
    env: { ...environmentOf(box), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let text = ''
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
  let hung: readonly string[] | undefined
  let limit: NodeJS.Timeout
  const wait = (times: number) => {
    limit = setTimeout(() => {
      if (times < 10 && isBusy()) return wait(times + 1)
      const rows = processesOf(box)
      hung = rows.map(({ pid, command }) => `${pid} ${command.slice(0, 120)}`)
      for (const { pid } of rows) send(pid, 'SIGKILL')
    }, limitMs)
  }
  wait(1)
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    // Its output may stay open in a process that outlives it, so this is not `close`.
    child.once('exit', (code, signal) => {
      clearTimeout(limit)
      setTimeout(() => {
        resolve({ code, signal, text, elapsedMs: performance.now() - startedAt, ...(hung && { hung }) })
      }, 20)
    })
  })
  return { child, ended, isRunning: () => child.exitCode === null && child.signalCode === null }
}

function isBusy(): boolean {
  return loadavg()[0]! > 2 * availableParallelism()
}

// The unpacked browser is that of this machine; all else is the round's own.
function environmentOf(box: string): NodeJS.ProcessEnv {
  const passed = ['PATH', 'HOME', 'CHROME_PATH', 'PUPPETEER_EXECUTABLE_PATH', 'WEFT_BROWSER']
  const own = passed.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  return {
    ...Object.fromEntries(own),
    XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
    TMPDIR: join(box, 'tmp'),
  }
}
