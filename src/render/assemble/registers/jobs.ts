import type { PhrasingContent } from 'mdast'
import { canonicalJson } from '../../model/digest.ts'
import type { Json } from '../../model/types.ts'
import { plural, seconds } from '../../output/format.ts'
import { type ExperimentJobs, groupJobs, type Job, paramsOf } from './gather-facts.ts'
import { code, link, note, paragraph, short, text, valueListNodes, valueNodes } from './nodes.ts'
import { type Register, type RowGroup, registerTable } from './register.ts'
import { listedSources, sourceId } from './sources.ts'

/**
 * Lists the hyper-parameters of every experiment that the report runs, from the params of its jobs: one value for a
 * parameter that all jobs share, a list of values for one that differs; then seeds, jobs and measured time.
 */
export const jobs: Register = {
  options: [],
  isTable: true,
  make(facts) {
    const experiments = groupJobs(facts)
    if (experiments.length === 0) return [paragraph('No experiment is run.')]
    const listed = listedSources(facts)
    const columns = [{ title: 'Parameter' }, { title: 'Value' }, { title: 'Varied' }]
    return {
      table: registerTable(
        columns,
        experiments.map((group) => groupOf(group, listed)),
      ),
      caption:
        'Every experiment with the parameters of its jobs. What was varied has the list of its values; a list in brackets is one value, and a dash stands for what was left open. Times are those of each job by itself, as they were measured.',
    }
  },
}

function groupOf({ name, module, jobs }: ExperimentJobs, listed: ReadonlySet<string>): RowGroup {
  const file = listed.has(module) ? link(sourceId(module), [note(module)]) : note(module)
  return {
    heading: [code(name), text(' '), file],
    rows: [...paramRows(jobs), [[text('runs')], runNodes(jobs), []]],
  }
}

/** Lists the parameters of some jobs, in order of first use, with every value that each takes. */
export function paramValues(jobs: readonly Job[]): { readonly name: string; readonly values: Json[] }[] {
  const all = jobs.map(({ request }) => paramsOf(request.params))
  const names = [...new Set(all.flatMap((params) => [...params.keys()]))]
  return names.map((name) => ({
    name,
    // A job without this parameter adds no value.
    values: distinct(all.flatMap((params) => (params.has(name) ? [params.get(name)!] : []))),
  }))
}

/** Lists the distinct seeds of some jobs, in order. */
export function seedsOf(jobs: readonly Job[]): number[] {
  return distinct(jobs.map(({ request }) => request.seed)) as number[]
}

function paramRows(jobs: readonly Job[]): PhrasingContent[][][] {
  return paramValues(jobs).map(({ name, values }) =>
    values.length === 1
      ? [[code(name)], valueNodes(values[0]!), []]
      : [[code(name)], valueListNodes(values), [short(plural(values.length, 'value'))]],
  )
}

function runNodes(jobs: readonly Job[]): PhrasingContent[] {
  const seeds = seedsOf(jobs)
  return [
    text(`${plural(jobs.length, 'job')}, ${seeds.length === 1 ? 'seed' : 'seeds'} `),
    ...valueListNodes(seeds),
    text(`; ${timeOf(jobs)}`),
  ]
}

function timeOf(jobs: readonly Job[]): string {
  const times = jobs.map(({ stored }) => stored.provenance.elapsedMs / 1000)
  const total = times.reduce((sum, time) => sum + time, 0)
  const [least, most] = [Math.min(...times), Math.max(...times)]
  if (jobs.length === 1) return seconds(total)
  return `${seconds(total)} in all, ${seconds(least)} to ${seconds(most)} a job`
}

const ranks = ['null', 'boolean', 'number', 'string', 'array', 'object']

/** Orders JSON values: by kind, numbers by size, arrays by length and then by their elements. */
function compareJson(a: Json, b: Json): number {
  const rank = ranks.indexOf(kindOf(a)) - ranks.indexOf(kindOf(b))
  if (rank !== 0) return rank
  if (typeof a === 'number') return a - (b as number)
  if (Array.isArray(a)) return compareArrays(a, b as readonly Json[])
  const [one, other] = [canonicalJson(a), canonicalJson(b)]
  return one < other ? -1 : one > other ? 1 : 0
}

/** Removes duplicate values and sorts the rest. */
function distinct(values: readonly Json[]): Json[] {
  const byText = new Map(values.map((value) => [canonicalJson(value), value]))
  return [...byText.values()].sort(compareJson)
}

function compareArrays(a: readonly Json[], b: readonly Json[]): number {
  if (a.length !== b.length) return a.length - b.length
  for (const [index, element] of a.entries()) {
    const order = compareJson(element, b[index]!)
    if (order !== 0) return order
  }
  return 0
}

function kindOf(value: Json): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
