import { readdirSync, readFileSync } from 'node:fs'

/** Gives the memory of a process and all below it, in bytes; undefined where the system does not tell it. */
export function bytesOfTree(root: number): number | undefined {
  if (process.platform !== 'linux') return undefined
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(Number(name))]),
  )
  const isInTree = (pid: number | undefined): boolean =>
    pid !== undefined && pid > 1 && (pid === root || isInTree(parents.get(pid)))
  return [...parents.keys()].filter(isInTree).reduce((sum, pid) => sum + sharedBytes(pid), 0)
}

/** Gives the processor time of all children of this process that have ended, with all below them, in seconds. */
export function secondsOfChildren(): number | undefined {
  if (process.platform !== 'linux') return undefined
  // Fields 16 and 17, after the name in parentheses, in ticks of which Linux counts 100 a second.
  const fields = readProc('/proc/self/stat')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[13]) + Number(fields[14])) / 100
}

function parentOf(pid: number): number | undefined {
  const text = readProc(`/proc/${pid}/stat`)
  return text === '' ? undefined : Number(text.replace(/^.*\) /s, '').split(' ')[1])
}

// Memory that several processes share counts once.
function sharedBytes(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(readProc(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024
}

// A process may end at any moment.
function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
