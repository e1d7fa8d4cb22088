import { isSpread } from '../../statistics/spread.ts'
import type { CardDependencies, Cards, CardValue, Json } from '../model/types.ts'
import { plural } from '../output/format.ts'
import { type Draft, type Interned, intern } from './record.ts'
import type { Dependencies, ShownNumber } from './schema.ts'

const mostCells = 12

/** Makes the texts that a page shows when the reader points at a number, each text once. */
export function cardsOf(record: Draft): Cards {
  const texts = intern<string>()
  const values = new Map<string, CardValue>()
  const outputs = new Map<string, number>()
  const sets = intern<CardDependencies>()
  const places = record.grounds.map((dependencies) => {
    const shown = dependencies.cells.slice(-mostCells)
    const rest = dependencies.cells.length - shown.length
    const rows = [
      ...dependencyRows(dependencies, record),
      ...(rest > 0 ? [['Cells before', `${rest} more`]] : []),
    ]
    const cells = shown.map(
      (label) => [texts.add(label), texts.add(placeOfCode(record.cells[label]!))] as const,
    )
    return sets.add({ cells, rows: rows.map((row) => row.map((text) => texts.add(text))) })
  })
  for (const number of record.numbers) {
    if ('output' in number) outputs.set(number.output, places[number.ground]!)
    else values.set(number.id, cardValue(number, places[number.ground]!, texts))
  }
  return {
    texts: texts.list,
    values: Object.fromEntries(values),
    outputs: Object.fromEntries(outputs),
    grounds: sets.list,
  }
}

function placeOfCode({ file, line }: Draft['cells'][string]): string {
  return `${file}:${line}`
}

function cardValue(
  number: Extract<Draft['numbers'][number], { kind: 'value' | 'claim' }>,
  dependencies: number,
  texts: Interned<string>,
): CardValue {
  return [texts.add(number.expression), texts.add(behind(number)), dependencies]
}

const most = 8

/** Describes what a value or claim shows: the unrounded numbers, or whether the claim holds and what it read. */
export function behind(number: Extract<ShownNumber, { kind: 'value' | 'claim' }>): string {
  if (number.kind === 'value') return joined(number.printed.map(({ raw }) => inWords(raw)))
  const read = Object.entries(number.read).map(([path, value]) => `${path} is ${inWords(value)}`)
  return `${number.text}: ${joined(read) || 'nothing was read'}`
}

function joined(parts: readonly string[]): string {
  const rest = parts.length - most
  return rest > 0 ? `${parts.slice(0, most).join(', ')} and ${rest} more` : parts.join(', ')
}

function inWords(raw: Json): string {
  if (!isSpread(raw)) return JSON.stringify(raw)
  const { mean, std, n } = raw
  return `mean ${mean}, std ${std}, n ${n}`
}

/** Describes the dependencies of numbers: rows of a title and its lines. */
export function dependencyRows(dependencies: Dependencies, record: Draft): string[][] {
  const jobs = dependencies.jobs.flatMap((key) => record.jobs[key] ?? [])
  const results = [...dependencies.cells.map((label) => record.cells[label]!), ...jobs]
  const rows: [string, string[]][] = [
    ['Stale', results.some((one) => 'stale' in one && one.stale) ? ['not of the present sources'] : []],
    ['Jobs', [...jobLines(jobs), ...lacking(dependencies.jobs.length - jobs.length)]],
    ['Data', dependencies.dataSets.flatMap((name) => dataLines(name, record))],
    ['Files', dependencies.files.map((file) => `${file} ${short(record.files[file]!)}`)],
    ['Params', paramLines(dependencies.params, record)],
    ['Software', [softwareOf(results, record)].filter(Boolean)],
    ['Computed', computedOf(results, record)],
  ]
  return rows.filter(([, lines]) => lines.length > 0).map(([title, lines]) => [title, ...lines])
}

type Job = Draft['jobs'][string]
type Result = Job | Draft['cells'][string]

function jobLines(jobs: readonly Job[]): string[] {
  const groups = new Map<string, Job[]>()
  for (const job of jobs) {
    const name = `${job.name} (${job.module})`
    groups.set(name, [...(groups.get(name) ?? []), job])
  }
  return [...groups].map(([name, all]) => {
    const seeds = [...new Set(all.map(({ seed }) => seed))].sort((a, b) => a - b)
    return `${name}: ${plural(all.length, 'job')}, ${seeds.length === 1 ? 'seed' : 'seeds'} ${seedsInWords(seeds)}`
  })
}

function seedsInWords(seeds: readonly number[]): string {
  const isRun = seeds.length > 2 && seeds.every((seed, index) => seed === seeds[0]! + index)
  return isRun ? `${seeds[0]} to ${seeds.at(-1)}` : seeds.join(', ')
}

function lacking(count: number): string[] {
  return count === 0 ? [] : [`${count} that ${count === 1 ? 'is' : 'are'} not kept`]
}

function dataLines(name: string, { dataSets }: Draft): string[] {
  const { title, files = [] } = dataSets[name] ?? {}
  const heading = title === undefined || title === name ? name : `${title} (${name})`
  return [heading, ...files.map((file) => `${file.name} ${short(file.sha256)}`)]
}

function short(digest: string): string {
  return /^[0-9a-f]{64}$/.test(digest) ? `sha256 ${digest.slice(0, 12)}…` : digest
}

const mostParams = 12
const longestParam = 40

function paramLines(names: readonly string[], record: Draft): string[] {
  if (names.length === 0) return []
  const rest = names.length > mostParams ? ` and ${names.length - mostParams} more` : ''
  const shown = names.slice(0, mostParams).map((name) => paramOf(name, record))
  return [`${shown.join(', ')}${rest}`]
}

function paramOf(name: string, { params }: Draft): string {
  const text = JSON.stringify(params[name])
  return text.length > longestParam ? name : `${name} = ${text}`
}

function softwareOf(results: readonly Result[], { packages, machines }: Draft): string {
  const engines = results.flatMap((one) => ('engine' in one && one.engine ? [`engine ${one.engine}`] : []))
  const imported = results.flatMap((one) => one.packages.map((place) => packages[place]!))
  const nodes = results.map(({ machine }) => `Node ${machines[machine]!.node.replace(/^v/, '')}`)
  const named = imported.map(({ name, version }) => `${name} ${version ?? '(another version)'}`)
  return [engines, named, nodes].flatMap((names) => [...new Set(names)].sort()).join(', ')
}

// Gives only the day, since the hour is of no use to a reader.
function computedOf(results: readonly Result[], { machines }: Draft): string[] {
  const days = [...new Set(results.flatMap(({ computedAt }) => computedAt?.slice(0, 10) ?? []))].sort()
  const isOpen = results.some(({ computedAt }) => computedAt === undefined)
  const when = [
    ...(days.length === 0 ? [] : [days.length === 1 ? days[0]! : `${days[0]} to ${days.at(-1)}`]),
    ...(isOpen ? [days.length === 0 ? 'not accepted yet' : 'in part not accepted yet'] : []),
  ].join(', ')
  const where = new Set(
    results.map(({ machine }) => `${machines[machine]!.platform}, ${machines[machine]!.cpu}`),
  )
  return results.length === 0 ? [] : [when, ...[...where].sort()]
}
