import type { Digest, Json, StoredResult } from '../model/types.ts'
import { type CellOrigin, dependenciesOf, type JobOrigin, type Origins, withAbove } from './gather-origins.ts'
import type { Dependencies } from './schema.ts'

/** What a value read, and the labels of the cells whose exports it read. */
interface Reading {
  readonly read: { readonly [path: string]: Json }
  readonly cells: readonly string[]
  readonly params: readonly string[]
}

/**
 * Follows a value to the cells and jobs that its numbers were taken from, for its card: a cell that only gathers the
 * results of others passes their numbers on as they are. Gives undefined where a number was computed on the way, since it
 * may then depend on all that its cell read.
 *
 * A number with many digits is taken for the same one wherever it is found. The mean and the standard deviation of runs
 * come from the runs of which the least and the greatest value are found.
 */
export function narrowedOrigins(reading: Reading, origins: Origins): Dependencies | undefined {
  const read = withoutParams(reading.read)
  const numbers = tellingNumbers(read)
  if (!numbers) return undefined
  const cells = passedOn(reading.cells, numbers, origins)
  const asked = [...new Set(cells.flatMap(({ jobs }) => jobs))].sort()
  const jobs = runsWith(asked, read, origins)
  const isNarrower = jobs.length < asked.length || cells.length < withAbove(reading.cells, origins).length
  return isNarrower ? dependenciesOf(cells, reading.params, origins, jobs) : undefined
}

function withoutParams(read: Reading['read']): Reading['read'] {
  return Object.fromEntries(Object.entries(read).filter(([path]) => !/^params(?:[.[]|$)/.test(path)))
}

const fewestDigits = 6

// Neither a sign, nor zeros before the first digit, nor an exponent tells a number from another.
function isTelling(value: number): boolean {
  const digits = String(value).replace(/e.*$|^-?0?\.?0*|[-.]/g, '')
  return !Number.isInteger(value) && digits.length >= fewestDigits
}

// All that is read must stand beside a number by which its origin can be told.
function tellingNumbers(read: Reading['read']): number[] | undefined {
  const paths = Object.entries(read)
  const told = new Set(
    paths.flatMap(([path, value]) => (numbersIn(value).some(isTelling) ? [parentOf(path)] : [])),
  )
  if (paths.length === 0 || paths.some(([path]) => !told.has(parentOf(path)))) return undefined
  return paths.flatMap(([, value]) => numbersIn(value).filter(isTelling))
}

function parentOf(path: string): string {
  return path.replace(/(?:\.[^.[\]]+|\[[^\]]*\])$/, '')
}

// The cells themselves, and below those that only gather, the ones that the numbers come from; in document order.
function passedOn(labels: readonly string[], numbers: readonly number[], origins: Origins): CellOrigin[] {
  const found = new Set<string>()
  const open = [...labels]
  for (let label = open.pop(); label !== undefined; label = open.pop()) {
    const origin = origins.cells.get(label)
    if (!origin || found.has(label)) continue
    found.add(label)
    const sources = origin.needs.filter((need) => {
      const has = numbersOf(origins.cells.get(need)?.stored)
      return numbers.some((number) => has.has(number))
    })
    const isGathering =
      origin.jobs.length === 0 &&
      numbers
        .filter((number) => numbersOf(origin.stored).has(number))
        .every((number) => sources.some((need) => numbersOf(origins.cells.get(need)?.stored).has(number)))
    open.push(...(isGathering ? sources : origin.needs))
  }
  return [...origins.cells.values()].filter(({ cell }) => found.has(cell.label))
}

// All seeds of the runs that the numbers are those of; all jobs where a number is of none.
function runsWith(keys: readonly Digest[], read: Reading['read'], { jobs }: Origins): readonly Digest[] {
  const runs = new Map<string, Digest[]>()
  for (const key of keys) {
    const job = jobs.get(key)
    if (!job) return keys
    const run = runOf(job)
    runs.set(run, [...(runs.get(run) ?? []), key])
  }
  const has = (keysOfRun: readonly Digest[], number: number) =>
    keysOfRun.some((key) => numbersOf(jobs.get(key)?.stored).has(number))
  const found = new Set<Digest>()
  for (const [path, value] of Object.entries(read)) {
    for (const number of numbersIn(value).filter(isTelling)) {
      const ends = /\.(?:mean|std)$/.test(path) ? endsBeside(path, read) : [number]
      const owners = [...runs.values()].filter((run) => ends.every((end) => has(run, end)))
      if (ends.length === 0 || owners.length === 0) return keys
      for (const key of owners.flat()) found.add(key)
    }
  }
  return found.size === 0 ? keys : keys.filter((key) => found.has(key))
}

const namesOfRuns = new WeakMap<JobOrigin['request'], string>()

function runOf({ request }: JobOrigin): string {
  const { module, name, params } = request
  const run = namesOfRuns.get(request) ?? JSON.stringify([module, name, params])
  namesOfRuns.set(request, run)
  return run
}

function endsBeside(path: string, read: Reading['read']): number[] {
  const ends = ['min', 'max'].map((end) => read[`${parentOf(path)}.${end}`])
  return ends.every((end) => typeof end === 'number') ? (ends as number[]) : []
}

const known = new WeakMap<object, ReadonlySet<number>>()
const none: ReadonlySet<number> = new Set()

function numbersOf(stored: StoredResult | undefined): ReadonlySet<number> {
  if (!stored) return none
  const before = known.get(stored)
  if (before) return before
  const made = new Set(numbersIn(stored.exports as unknown as Json))
  known.set(stored, made)
  return made
}

function numbersIn(value: Json): number[] {
  const found: number[] = []
  const open: Json[] = [value]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one === 'number') found.push(one)
    else if (typeof one === 'object' && one !== null) for (const inner of Object.values(one)) open.push(inner)
  }
  return found
}
