import { damageFaults } from './damage.ts'
import type { Fault } from './fault.ts'
import { machineFaults } from './machine.ts'
import { nodeFaults } from './nodes.ts'
import { signalFaults } from './signals.ts'

/** All faults, in the order in which seeds take them. A new one goes to the end of its list. */
export const faults: readonly Fault[] = [...signalFaults, ...machineFaults, ...damageFaults, ...nodeFaults]

/**
 * Gives the fault of a seed: each of `all` in turn, or the next one that this machine can do. Undefined if it can do
 * none.
 */
export function faultOf(seed: number, all: readonly Fault[] = faults): Fault | undefined {
  const first = ((seed % all.length) + all.length) % all.length
  const inTurn = [...all.slice(first), ...all.slice(0, first)]
  return inTurn.find(({ lacks }) => lacks?.() === undefined)
}
