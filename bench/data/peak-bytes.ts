import { readFileSync } from 'node:fs'

/** Gives the peak memory of this process. */
export function peakBytes(): number {
  // A process inherits maxRSS from its parent; VmHWM counts this process only.
  if (process.platform === 'linux')
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))![1]) * 1024
  return process.resourceUsage().maxRSS * 1024
}
