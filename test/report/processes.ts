import { execFileSync } from 'node:child_process'

interface Row {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

/** Lists the processes that a process has started, directly or indirectly, without zombies. */
export function descendantsOf(pid: number): Row[] {
  const rows = running()
  const found = rows.filter(({ parent }) => parent === pid)
  // The loop adds to the list that it reads, which includes children of children.
  for (const { pid: parent } of found) found.push(...rows.filter((row) => row.parent === parent))
  return found
}

/** Waits until these processes have ended; gives those that still run after `patienceMs`. */
export async function untilGone(rows: readonly Row[], patienceMs: number): Promise<Row[]> {
  const pids = new Set(rows.map(({ pid }) => pid))
  const commands = new Set(rows.map(({ command }) => command))
  for (let waited = 0; ; waited += 50) {
    const left = running().filter(({ pid, command }) => pids.has(pid) && commands.has(command))
    if (left.length === 0 || waited >= patienceMs) return left
    await pause()
  }
}

/** Waits until a condition holds; throws after a minute. */
export async function until(holds: () => boolean, what: string | (() => string)): Promise<void> {
  for (let waited = 0; !holds(); waited += 20) {
    if (waited > 60_000) throw new Error(`Waited in vain until ${typeof what === 'string' ? what : what()}`)
    await pause(20)
  }
}

function pause(ms = 50): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function running(): Row[] {
  const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
  return text.split('\n').flatMap((line) => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
    if (pid === undefined || state!.startsWith('Z')) return []
    return [{ pid: Number(pid), parent: Number(parent), command: command! }]
  })
}
