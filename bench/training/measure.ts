import { setTimeout } from 'node:timers/promises'
import { median } from '../median.ts'
import type { Implementation } from './implementations.ts'
import type { Multiplier } from './sgemm.ts'
import type { Team } from './team.ts'
import type { Workload } from './workloads.ts'

/** What came of one workload; every rate is the median of its rounds. */
export interface Result {
  readonly rates: readonly Rate[]
  readonly products: readonly Product[]
}

export interface Rate {
  readonly implementation: Implementation
  /** Samples a second. */
  readonly rate: number
  readonly lowest: number
  readonly highest: number
}

export interface Product {
  readonly multiplier: Multiplier
  /** Floating-point operations a second. */
  readonly rate: number
}

interface Options {
  /** One that fails is told of, and taken out of this list. */
  readonly teams: Team[]
  readonly multipliers: readonly Multiplier[]
  readonly rounds: number
  readonly seconds: number
}

// Idle threads spin for a moment after their last work.
const pauseMs = 50
const sgemmSeconds = 0.5

/** Measures a workload: all implementations in turns, one at a time, round after round. */
export async function measure(
  workload: Workload,
  { teams, multipliers, rounds, seconds }: Options,
): Promise<Result> {
  for (const team of [...teams]) await attempt(team, teams, () => team.prepare(workload))
  const rates = new Map<Team, number[]>(teams.map((team) => [team, []]))
  const products = new Map<Multiplier, number[]>(multipliers.map((each) => [each, []]))
  for (let round = 0; round < rounds; round++) {
    for (const multiplier of multipliers) {
      await setTimeout(pauseMs)
      products.get(multiplier)!.push(await multiplier.rate(Math.min(seconds, sgemmSeconds)))
    }
    for (const team of [...teams]) {
      await setTimeout(pauseMs)
      await attempt(team, teams, async () => rates.get(team)!.push(await team.rate(seconds)))
    }
  }
  return {
    rates: teams.map((team) => {
      const all = rates.get(team)!
      return {
        implementation: team.implementation,
        rate: median(all),
        lowest: Math.min(...all),
        highest: Math.max(...all),
      }
    }),
    products: [...products].map(([multiplier, all]) => ({ multiplier, rate: median(all) })),
  }
}

/** A failure of one implementation is no reason to lose the others. */
async function attempt(team: Team, teams: Team[], act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (cause) {
    console.log(`${team.implementation.name} takes no further part: ${(cause as Error).message}`)
    process.exitCode = 1
    team.kill()
    teams.splice(teams.indexOf(team), 1)
  }
}
