import type { PhrasingContent } from 'mdast'
import { canonicalJson } from '../../model/digest.ts'
import type { ChecklistItem } from '../../model/words/registers/types.ts'
import { holds } from './claims.ts'
import { cleaned, splitName, splitSizes } from './data.ts'
import type { DataSet } from './data-sets.ts'
import { dataSetsOf } from './data-sets.ts'
import type { Facts, Job } from './gather-facts.ts'
import { groupJobs } from './gather-facts.ts'
import { machineFacts } from './machine.ts'
import { joined, linked, smallLine } from './nodes.ts'
import { softwareOf } from './packages.ts'
import { paramValues } from './param-words.ts'
import { sectionPath } from './section-of.ts'
import { listedSources, sourceFiles } from './sources.ts'
import type { Speech } from './speech.ts'
import { spreadsShown } from './spreads-shown.ts'

/** Text and nodes. A function returns undefined if no fact answers its item. */
export type Answer = readonly (string | PhrasingContent)[]

/** Answers each item of the checklist that facts can answer; the others are absent. */
export const answers: {
  readonly [item in ChecklistItem]?: (facts: Facts, speech: Speech) => Answer | undefined
} = {
  models(facts, speech) {
    const experiments = groupJobs(facts)
    if (experiments.length === 0) return undefined
    const sections = experiments.map(({ jobs }) => sectionPath(facts, jobs[0]!.cell, speech).at(-1)!)
    const once = new Map(sections.map((nodes) => [JSON.stringify(nodes), nodes]))
    const count = speech.counted(speech.say.checklist.answers.models, experiments.length)
    return [`${count} `, ...joined([...once.values()]), '.']
  },
  claims({ claims }, { say, number }) {
    if (claims.length === 0) return undefined
    const count = (answer: string) => claims.filter((claim) => holds(claim) === answer).length
    const { claims: told, untold } = say.checklist.answers
    const rest = count('unknown') === 0 ? '' : ` ${untold(number(count('unknown')))}`
    return [`${told(number(claims.length), number(count('yes')))}${rest}`]
  },
  statistics: (facts, speech) => ofSets(facts, (set) => splitSizes(set, speech)),
  splits: (facts, speech) =>
    ofSets(facts, ({ rule, counts }) => rule ?? (counts.length > 0 ? publishedSplits(counts, speech) : '')),
  cleaning: (facts, speech) => ofSets(facts, (set) => cleaned(set, speech)),
  download: (facts, { say, counted }) =>
    ofSets(facts, ({ source, files }) => {
      const pinned = files.length === 0 ? [] : [counted(say.checklist.answers.pinned, files.length)]
      return [...(source === undefined ? [] : [source]), ...pinned].join('; ')
    }),
  code(facts, { say, number, counted }) {
    const files = sourceFiles(facts)
    if (files.length === 0) return undefined
    const listed = listedSources(facts)
    const count = files.filter((file) => listed.includes(file)).length
    const cells = counted(say.cellCount, facts.cells.length)
    return [say.checklist.answers.code(cells, counted(say.fileCount, files.length), number(count))]
  },
  dependencies(facts, speech) {
    const list = softwareOf(facts, speech).map(({ name, version }) => `${name} ${version}`)
    return [`${list.join(', ')}.`]
  },
  command(facts, { say, number }) {
    const results = facts.cells.length + facts.jobs.length
    if (results === 0) return undefined
    const { command, stale } = say.checklist.answers
    return [`${command(number(results))}${facts.isStale ? ` ${stale}` : ''}`]
  },
  ranges(facts, { say, counted }) {
    if (facts.jobs.length === 0) return undefined
    const varied = groupJobs(facts).flatMap(({ jobs }) =>
      paramValues(jobs).filter(({ values }) => values.length > 1),
    )
    return [counted(say.checklist.answers.varied, varied.length)]
  },
  runs({ jobs }, { say, words, number, counted }) {
    if (jobs.length === 0) return undefined
    const { settings, repeated } = repeatedSettings(jobs)
    const count = counted(words.card.jobCount, jobs.length)
    return [say.checklist.answers.runs(count, number(settings), number(repeated))]
  },
  variation(facts, { say, number }) {
    const { values, cells } = spreadsShown(facts)
    if (values + cells === 0) return undefined
    return [say.checklist.answers.variation(number(values), number(cells))]
  },
  bars(facts, { say, number }) {
    const { figures, all } = spreadsShown(facts)
    return all === 0 ? undefined : [say.checklist.answers.bars(number(figures), number(all))]
  },
  runtime({ jobs, cells }, { say, seconds }) {
    if (jobs.length + cells.length === 0) return undefined
    const time = (results: typeof cells | typeof jobs) =>
      seconds(results.reduce((sum, { stored }) => sum + stored.provenance.elapsedMs, 0) / 1000)
    const own = cells.filter(({ stored }) => (stored.provenance.jobs ?? []).length === 0)
    const { runtime, cellsAlone } = say.checklist.answers
    return [jobs.length === 0 ? cellsAlone(time(own)) : runtime(time(jobs), time(own))]
  },
  infrastructure(facts, speech) {
    const list = machineFacts(facts, speech).map(
      ({ title, values }) => `${title}: ${values.map(({ value }) => value).join(', ')}`,
    )
    return list.length === 0 ? undefined : [`${list.join('; ')}.`]
  },
}

function ofSets(facts: Facts, describe: (set: DataSet) => string): Answer | undefined {
  const lines = dataSetsOf(facts).flatMap((set) => {
    const words = describe(set)
    return words === '' ? [] : [smallLine(linked(`${set.title ?? set.name}: ${words}`))]
  })
  return lines.length === 0 ? undefined : lines
}

function publishedSplits(counts: DataSet['counts'], speech: Speech): string {
  return speech.say.checklist.answers.published(
    counts.map(({ split }) => splitName(split, speech)).join(', '),
  )
}

/** Counts the distinct settings of some jobs (an experiment with its params), and those that ran with several seeds. */
function repeatedSettings(jobs: readonly Job[]): {
  readonly settings: number
  readonly repeated: number
} {
  const seeds = new Map<string, Set<number>>()
  for (const { request } of jobs) {
    const setting = `${request.module}#${request.name} ${canonicalJson(request.params)}`
    if (!seeds.has(setting)) seeds.set(setting, new Set())
    seeds.get(setting)!.add(request.seed)
  }
  return { settings: seeds.size, repeated: [...seeds.values()].filter(({ size }) => size > 1).length }
}
