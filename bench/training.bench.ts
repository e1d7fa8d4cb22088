import { constants } from 'node:os'
import { readCount } from './count-option.ts'
import type { Implementation } from './training/implementations.ts'
import { implementations } from './training/implementations.ts'
import { measure } from './training/measure.ts'
import { PeerPythons } from './training/peer-python.ts'
import { writeRecord } from './training/record.ts'
import { Multiplier, multiplierThreads } from './training/sgemm.ts'
import { print } from './training/table.ts'
import { Team } from './training/team.ts'
import { Workers } from './training/workers.ts'
import type { Workload } from './training/workloads.ts'
import { flopFormula, workloads } from './training/workloads.ts'

export const options = {
  /** Start of an implementation's name, such as `onnx-2` or `torch`; may be repeated. */
  among: { type: 'string', multiple: true },
  /** File for what is measured. It is added to what the file has of the same machine. */
  json: { type: 'string' },
  /** Part of a workload's name; may be repeated. */
  only: { type: 'string', multiple: true },
  rounds: { type: 'string' },
  /** Length of one measurement. */
  seconds: { type: 'string' },
} as const

interface Given {
  readonly among?: readonly string[]
  readonly json?: string
  readonly only?: readonly string[]
  readonly rounds?: string
  readonly seconds?: string
}

/**
 * Compares training steps of the graph engines with those of PyTorch and Keras, if they are installed. All are warm,
 * and they are measured one at a time, in turn.
 */
export async function bench({ among, json, only, rounds = '5', seconds = '1.5' }: Given): Promise<void> {
  const wanted = chooseWorkloads(only)
  const chosen = chooseImplementations(among)
  const length = { rounds: readCount('--rounds', rounds), seconds: readSeconds(seconds) }
  // These are killed when this process ends.
  const workers = new Workers()
  process.once('exit', () => workers.kill())
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]))
  try {
    // 1. Start every implementation that is installed.
    const teams: Team[] = []
    const pythons = new PeerPythons()
    for (const each of chosen) {
      const team = await named(each.name, () => Team.start(each, { all: workers, pythons }))
      if (team) teams.push(team)
    }
    const multipliers: Multiplier[] = teams.filter(Multiplier.isFor).map((team) => Multiplier.of(team))
    for (const threads of multiplierThreads) {
      const numpy = await named(`numpy-${threads}`, () => Multiplier.startNumpy(threads, workers))
      if (numpy) multipliers.push(numpy)
    }
    console.log(`FLOP of a sample: ${flopFormula}`)
    // 2. Measure workload after workload.
    const titles = Object.fromEntries(teams.map(({ implementation, title }) => [implementation.name, title]))
    for (const workload of wanted) {
      const result = await measure(workload, { teams, multipliers, ...length })
      print(workload, result)
      const { rates } = result
      if (json !== undefined)
        writeRecord(json, { ...length, implementations: titles, workload: workload.name, rates })
    }
  } finally {
    workers.kill()
  }
}

function chooseWorkloads(only: readonly string[] | undefined): readonly Workload[] {
  if (!only) return workloads
  const unknown = only.find((part) => !workloads.some(({ name }) => name.includes(part)))
  if (unknown === undefined) return workloads.filter(({ name }) => only.some((part) => name.includes(part)))
  const names = workloads.map(({ name }) => `\n  ${name}`).join('')
  throw new Error(`Unexpected --only ${unknown}, expected a part of one of these names:${names}`)
}

function chooseImplementations(among: readonly string[] | undefined): readonly Implementation[] {
  if (!among) return implementations
  const unknown = among.find((start) => !implementations.some(({ name }) => name.startsWith(start)))
  if (unknown === undefined)
    return implementations.filter(({ name }) => among.some((start) => name.startsWith(start)))
  const names = implementations.map(({ name }) => name).join(', ')
  throw new Error(`Unexpected --among ${unknown}, expected the start of one of ${names}`)
}

function readSeconds(text: string): number {
  const seconds = Number(text)
  if (Number.isFinite(seconds) && seconds > 0) return seconds
  throw new Error(`Unexpected --seconds ${text}, expected a number above 0`)
}

/** Starts an implementation and prints its title, or why it is skipped. */
async function named<T extends { readonly title: string }>(
  name: string,
  start: () => Promise<T>,
): Promise<T | undefined> {
  try {
    const started = await start()
    console.log(`${name.padEnd(10)} ${started.title}`)
    return started
  } catch (cause) {
    console.log(`${name.padEnd(10)} skipped: ${(cause as Error).message.split('\n')[0]}`)
    return undefined
  }
}
