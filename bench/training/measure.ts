import { setTimeout } from 'node:timers/promises'
import { median } from '../median.ts'
import type { Implementation } from './implementations.ts'
import type { Multiplier } from './sgemm.ts'
import type { Team } from './team.ts'
import { canPause } from './worker.ts'
import type { Workload } from './workloads.ts'

/** The result of one workload; every rate is the median of its rounds. */
export interface Result {
  readonly rates: readonly Rate[]
  readonly products: readonly Product[]
}

export interface Rate {
  readonly implementation: Implementation
  /** Samples per second. */
  readonly rate: number
  readonly lowest: number
  readonly highest: number
}

export interface Product {
  readonly multiplier: Multiplier
  /** Floating-point operations per second. */
  readonly rate: number
}

interface Options {
  /** If a team fails, the function reports it and removes it from this list. */
  readonly teams: Team[]
  readonly multipliers: readonly Multiplier[]
  readonly rounds: number
  readonly seconds: number
}

// On Windows, where nothing can be stopped, idle threads spin for a moment after their last work.
const pauseMs = canPause ? 0 : 50
const sgemmSeconds = 0.5

/** Measures a workload: in each round all implementations in turn, one at a time; every other round backwards. */
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
    for (const team of round % 2 === 0 ? [...teams] : teams.toReversed()) {
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

/** Runs a step of a team; if it fails, removes the team and lets the others continue. */
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
