import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import type { Rate } from './measure.ts'

/** What `--json` writes. */
export interface Record {
  readonly machine: string
  readonly rounds: number
  readonly seconds: number
  /** What each implementation is, with its version. */
  readonly implementations: Readonly<{ [name: string]: string }>
  readonly rows: readonly Row[]
}

/** A rate in samples per second: the median of all rounds, and the lowest and highest. */
export interface Row {
  readonly workload: string
  readonly implementation: string
  readonly samplesPerSecond: number
  readonly lowest: number
  readonly highest: number
}

interface Measured extends Pick<Record, 'rounds' | 'seconds' | 'implementations'> {
  readonly workload: string
  readonly rates: readonly Rate[]
}

/** Writes the rates of a workload to a file. Rates of others that the file has are kept, if the machine is the same. */
export function writeRecord(file: string, { workload, rates, ...how }: Measured): void {
  const machine = describeMachine()
  const found = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record) : undefined
  const old = found?.machine === machine ? found : undefined
  const names = new Set(rates.map(({ implementation }) => implementation.name))
  const kept = (old?.rows ?? []).filter((row) => row.workload !== workload || !names.has(row.implementation))
  const fresh = rates.map(({ implementation, rate, lowest, highest }) => ({
    workload,
    implementation: implementation.name,
    samplesPerSecond: Math.round(rate),
    lowest: Math.round(lowest),
    highest: Math.round(highest),
  }))
  const record: Record = {
    machine,
    ...how,
    implementations: { ...old?.implementations, ...how.implementations },
    rows: [...kept, ...fresh],
  }
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`)
}

/** Names the processor with its number of cores, the memory, the system and Node. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() || 'unknown processor'
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`
  const cores = availableParallelism()
  const node = `Node ${process.versions.node.split('.')[0]}`
  return `${model}, ${cores} core${cores === 1 ? '' : 's'}, ${memory}, ${process.platform}, ${node}`
}
