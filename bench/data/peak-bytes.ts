import { readFileSync } from 'node:fs'

/** Gives the most memory that this process has had. */
export function peakBytes(): number {
  // A process begins with the maxRSS of the one that started it; this one is its own.
  if (process.platform === 'linux')
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))![1]) * 1024
  return process.resourceUsage().maxRSS * 1024
}
