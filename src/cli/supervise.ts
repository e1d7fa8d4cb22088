import { execFileSync, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { removeBrowserFolders } from '../render/print/cache-folder.ts'

/** A command says so when it begins to publish results: what is half written would be worse than a longer wait. */
export const publishing = 'publishing'

interface Patience {
  /** Time that a command has to end by itself after a signal. */
  readonly graceMs?: number
  readonly publishingMs?: number
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs a command in a process of its own and gives its exit status. Node handles no signal while JavaScript runs, so a
 * command cannot stop itself in the middle of long work: this process can, and ends it within a second.
 */
export async function supervise(
  program: string,
  args: readonly string[],
  { graceMs = 700, publishingMs = 30_000 }: Patience = {},
): Promise<number> {
  const child = fork(program, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  let isPublishing = false
  let timer: NodeJS.Timeout | undefined
  child.on('message', (message) => {
    isPublishing ||= message === publishing
  })
  let started: readonly number[] = []
  const end = () => {
    started = [...started, ...childrenOf(child.pid!)]
    child.kill('SIGKILL')
  }
  const onSignal = (signal: NodeJS.Signals) => {
    // Before it ends: afterwards nobody knows whose children they were.
    started = childrenOf(child.pid!)
    child.kill(signal)
    timer ??= setTimeout(end, isPublishing ? publishingMs : graceMs)
  }
  for (const signal of signals) process.on(signal, onSignal)
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject).once('exit', (...ended) => resolve(ended))
  })
  clearTimeout(timer)
  for (const one of signals) process.off(one, onSignal)
  if (signal === null) return code!
  for (const pid of started) endAtOnce(pid)
  await removeBrowserFolders(child.pid!)
  process.stderr.write(timer ? stopped : `weft: the build was ended by ${signal}${adviceOf(signal)}\n`)
  return timer ? 130 : 1
}

const stopped = 'Stopped: every finished result is kept, and the next build goes on from there.\n'

// A child that draws may be in the middle of long work, too, and would not see that its parent has ended.
function endAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

function childrenOf(pid: number): number[] {
  try {
    const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
    const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number))
    return pairs.filter(([, parent]) => parent === pid).map(([child]) => child!)
  } catch {
    return childrenInProc(pid)
  }
}

// A small container may have no `ps`.
function childrenInProc(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    return text === '' ? [] : text.split(' ').map(Number)
  } catch {
    return []
  }
}

function adviceOf(signal: NodeJS.Signals): string {
  if (signal === 'SIGKILL') return ': perhaps the machine ran out of memory'
  return signal === 'SIGABRT'
    ? ': if it ran out of memory, give it more with NODE_OPTIONS=--max-old-space-size=8192'
    : ''
}
