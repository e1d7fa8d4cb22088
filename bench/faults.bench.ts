import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCount } from './count-option.ts'
import { faultOf, faults } from './faults/all-faults.ts'
import type { Fault } from './faults/fault.ts'
import { lineOf, tableOf } from './faults/print-outcomes.ts'
import { type Outcome, runRound } from './faults/run-round.ts'
import { openUndisturbed } from './faults/undisturbed.ts'

export const options = {
  rounds: { type: 'string' },
  seed: { type: 'string' },
  only: { type: 'string' },
} as const

interface Given {
  readonly rounds?: string
  readonly seed?: string
  readonly only?: string
}

/**
 * Disturbs a small build in seeded rounds, and checks that the next one ends with the bytes of an undisturbed one, keeps
 * what was finished, and does not hang. Prints a row a round and a table; throws if a round fails.
 */
export async function bench({ rounds = '200', seed = '1', only = '' }: Given): Promise<void> {
  if (process.platform !== 'linux') {
    console.log('faults: skipped, expected Linux, whose /proc tells the processes of a build')
    return
  }
  const wanted = faults.filter(({ name }) => name.includes(only))
  if (wanted.length === 0)
    throw new Error(`Unknown fault ${only}, expected one of ${faults.map(({ name }) => name).join(', ')}`)
  for (const { name, lacks } of wanted) {
    const reason = lacks?.()
    if (reason !== undefined) console.log(`left out: ${name}, since ${reason}`)
  }
  const outcomes = await runRounds(wanted, readCount('--rounds', rounds), Number(seed), only)
  console.log(tableOf(outcomes))
  const failed = outcomes.filter((outcome) => outcome.faults.length > 0)
  if (failed.length > 0) throw new Error(`Expected every round to pass, found ${failed.length} that failed`)
}

async function runRounds(
  wanted: readonly Fault[],
  count: number,
  first: number,
  only: string,
): Promise<Outcome[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'weft-faults-')))
  const outcomes: Outcome[] = []
  try {
    const undisturbed = await openUndisturbed(folder)
    for (let seed = first; seed < first + count; seed++) {
      const fault = faultOf(seed, wanted)
      if (!fault) continue
      const outcome = await runRound(fault, seed, undisturbed, folder)
      outcomes.push(outcome)
      console.log(lineOf(outcome, only))
    }
    return outcomes
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}
