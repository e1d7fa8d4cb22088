import { isSpread } from '../../statistics/spread.ts'
import type { CardDependencies, Cards, CardValue } from '../model/cards.ts'
import type { Json } from '../model/types.ts'
import type { CardWords } from '../model/words/types.ts'
import { type Draft, type Interned, intern } from './record.ts'
import type { Dependencies, ShownNumber } from './schema.ts'

const mostCells = 12

/**
 * Makes the texts that a page shows when the reader points at a number, each text once.
 *
 * @param near By the ids of values and claims what their numbers were taken from, where that is less than all that they
 * depend on
 */
export function cardsOf(
  record: Draft,
  words: CardWords,
  near: ReadonlyMap<string, Dependencies> = new Map(),
): Cards {
  const texts = intern<string>()
  const values = new Map<string, CardValue>()
  const outputs = new Map<string, number>()
  const sets = intern<CardDependencies>()
  const place = (dependencies: Dependencies) => {
    const shown = dependencies.cells.slice(-mostCells)
    const rest = dependencies.cells.length - shown.length
    const rows = [
      ...dependencyRows(dependencies, record, words),
      ...(rest > 0 ? [[words.cellsBefore, words.more(rest)]] : []),
    ]
    const cells = shown.map(
      (label) => [texts.add(label), texts.add(placeOfCode(record.cells[label]!))] as const,
    )
    return sets.add({ cells, rows: rows.map((row) => row.map((text) => texts.add(text))) })
  }
  const places = record.grounds.map(place)
  for (const number of record.numbers) {
    if ('output' in number) outputs.set(number.output, places[number.ground]!)
    else {
      const own = near.get(number.id)
      values.set(number.id, cardValue(number, own ? place(own) : places[number.ground]!, texts, words))
    }
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
  words: CardWords,
): CardValue {
  return [texts.add(number.expression), texts.add(behind(number, words)), dependencies]
}

const most = 8

/** Describes what a value or claim shows: the unrounded numbers, or whether the claim holds and what it read. */
export function behind(number: Extract<ShownNumber, { kind: 'value' | 'claim' }>, words: CardWords): string {
  if (number.kind === 'value')
    return joined(
      number.printed.map(({ raw }) => rawText(raw, words)),
      words,
    )
  const read = Object.entries(number.read).map(([path, value]) => words.is(path, rawText(value, words)))
  return `${number.text}: ${joined(read, words) || words.nothingRead}`
}

function joined(parts: readonly string[], words: CardWords): string {
  const rest = parts.length - most
  return rest > 0 ? `${parts.slice(0, most).join(', ')} ${words.andMore(rest)}` : parts.join(', ')
}

function rawText(raw: Json, words: CardWords): string {
  if (!isSpread(raw)) return JSON.stringify(raw)
  const { mean, std, n } = raw
  return `${words.mean} ${mean}, ${words.std} ${std}, n ${n}`
}

/** Describes the dependencies of numbers: rows of a title and its lines. */
export function dependencyRows(dependencies: Dependencies, record: Draft, words: CardWords): string[][] {
  const jobs = dependencies.jobs.flatMap((key) => record.jobs[key] ?? [])
  const results = [...dependencies.cells.map((label) => record.cells[label]!), ...jobs]
  const rows: [string, string[]][] = [
    [words.stale, results.some((one) => 'stale' in one && one.stale) ? [words.isStale] : []],
    [words.jobs, [...jobLines(jobs, words), ...lacking(dependencies.jobs.length - jobs.length, words)]],
    [words.data, dependencies.dataSets.flatMap((name) => dataLines(name, record))],
    [words.files, dependencies.files.map((file) => `${file} ${short(record.files[file]!)}`)],
    [words.params, paramLines(dependencies.params, record, words)],
    [words.software, [softwareOf(results, record, words)].filter(Boolean)],
    [words.computed, computedOf(results, record, words)],
  ]
  return rows.filter(([, lines]) => lines.length > 0).map(([title, lines]) => [title, ...lines])
}

type Job = Draft['jobs'][string]
type Result = Job | Draft['cells'][string]

function jobLines(jobs: readonly Job[], words: CardWords): string[] {
  const groups = new Map<string, Job[]>()
  for (const job of jobs) {
    const name = `${job.name} (${job.module})`
    groups.set(name, [...(groups.get(name) ?? []), job])
  }
  return [...groups].map(([name, all]) => {
    const seeds = [...new Set(all.map(({ seed }) => seed))].sort((a, b) => a - b)
    return `${name}: ${words.jobCount(all.length)}, ${words.seeds(seeds.length)} ${seedsText(seeds, words)}`
  })
}

function seedsText(seeds: readonly number[], words: CardWords): string {
  const isRun = seeds.length > 2 && seeds.every((seed, index) => seed === seeds[0]! + index)
  return isRun ? words.range(String(seeds[0]), String(seeds.at(-1))) : seeds.join(', ')
}

function lacking(count: number, words: CardWords): string[] {
  return count === 0 ? [] : [words.notKept(count)]
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

function paramLines(names: readonly string[], record: Draft, words: CardWords): string[] {
  if (names.length === 0) return []
  const rest = names.length > mostParams ? ` ${words.andMore(names.length - mostParams)}` : ''
  const shown = names.slice(0, mostParams).map((name) => paramOf(name, record))
  return [`${shown.join(', ')}${rest}`]
}

function paramOf(name: string, { params }: Draft): string {
  const text = JSON.stringify(params[name])
  return text.length > longestParam ? name : `${name} = ${text}`
}

function softwareOf(results: readonly Result[], { packages, machines }: Draft, words: CardWords): string {
  const engines = results.flatMap((one) =>
    'engine' in one && one.engine ? [`${words.engine} ${one.engine}`] : [],
  )
  const imported = results.flatMap((one) => one.packages.map((place) => packages[place]!))
  const nodes = results.map(({ machine }) => `Node ${machines[machine]!.node.replace(/^v/, '')}`)
  const named = imported.map(({ name, version }) => `${name} ${version ?? words.anotherVersion}`)
  return [engines, named, nodes].flatMap((names) => [...new Set(names)].sort()).join(', ')
}

// Gives only the day, since the hour is of no use to a reader.
function computedOf(results: readonly Result[], { machines }: Draft, words: CardWords): string[] {
  const days = [...new Set(results.flatMap(({ computedAt }) => computedAt?.slice(0, 10) ?? []))].sort()
  const isOpen = results.some(({ computedAt }) => computedAt === undefined)
  const when = [
    ...(days.length === 0 ? [] : [days.length === 1 ? days[0]! : words.range(days[0]!, days.at(-1)!)]),
    ...(isOpen ? [days.length === 0 ? words.notAccepted : words.notAcceptedInPart] : []),
  ].join(', ')
  const where = new Set(
    results.map(({ machine }) => `${machines[machine]!.platform}, ${machines[machine]!.cpu}`),
  )
  return results.length === 0 ? [] : [when, ...[...where].sort()]
}
