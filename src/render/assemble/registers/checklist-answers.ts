import type { PhrasingContent } from 'mdast'
import { canonicalJson } from '../../model/digest.ts'
import { plural, seconds } from '../../output/format.ts'
import { holds } from './claims.ts'
import { cleaned, splitSizes } from './data.ts'
import type { DataSet } from './data-sets.ts'
import { dataSetsOf } from './data-sets.ts'
import type { ExperimentJobs, Facts, Job } from './gather-facts.ts'
import { groupJobs } from './gather-facts.ts'
import { paramValues, seedsOf } from './jobs.ts'
import { machineFacts } from './machine.ts'
import { code, linked, smallLine, valueListNodes } from './nodes.ts'
import { softwareOf } from './packages.ts'
import { whereNodes } from './section-of.ts'
import { listedSources, sourceFiles } from './sources.ts'
import { spreadsShown } from './spreads-shown.ts'

/** Text and nodes. A function returns undefined if no fact answers its item. */
export type Answer = readonly (string | PhrasingContent)[]

/** Answers each item of the checklist that facts can answer; the others are absent. */
export const answers: Readonly<Record<string, (facts: Facts) => Answer | undefined>> = {
  models(facts) {
    const experiments = groupJobs(facts)
    if (experiments.length === 0) return undefined
    const lines = experiments.map(({ name, jobs }) => {
      const { file, position } = jobs[0]!.cell
      return smallLine([code(name), { type: 'text', value: ': ' }, ...whereNodes(facts, { file, position })])
    })
    return [`${plural(experiments.length, 'experiment')}, described where they first run.`, ...lines]
  },
  claims({ claims }) {
    if (claims.length === 0) return undefined
    const count = (answer: string) => claims.filter((claim) => holds(claim) === answer).length
    const rest = count('unknown') === 0 ? '' : `, ${count('unknown')} could not be told`
    return [
      `Claims of the text with an expression over the results: ${claims.length}, of which ${count('yes')} hold and ${count('no')} do not${rest}.`,
    ]
  },
  statistics: (facts) => ofSets(facts, (set) => splitSizes(set)),
  splits: (facts) =>
    ofSets(facts, ({ rule, counts }) => rule ?? (counts.length > 0 ? publishedSplits(counts) : '')),
  cleaning: (facts) => ofSets(facts, (set) => cleaned(set)),
  download: (facts) =>
    ofSets(facts, ({ source, files }) => {
      const pinned = files.length === 0 ? '' : `; ${plural(files.length, 'file')} pinned by SHA-256`
      return source === undefined ? pinned.slice(2) : `${source}${pinned}`
    }),
  code(facts) {
    const files = sourceFiles(facts, { depth: Number.POSITIVE_INFINITY })
    if (files.length === 0) return undefined
    const listed = listedSources(facts)
    const printed = files.filter((file) => listed.has(file)).length
    const cells = plural(facts.cells.length, 'cell')
    return [
      `The results come from ${cells} of this report and ${plural(files.length, 'source file')} of its experiments, of which ${printed} stand in the report itself.`,
    ]
  },
  dependencies(facts) {
    const list = softwareOf(facts).map(({ name, version }) => `${name} ${version}`)
    return [`${list.join(', ')}.`]
  },
  command(facts) {
    const results = facts.cells.length + facts.jobs.length
    if (results === 0) return undefined
    const stale = facts.isStale ? ' Some are stale: they belong to an earlier state of the code.' : ''
    return [
      `Each of the ${plural(results, 'result')} is kept under the digest of its code, parameters, seed and packages, and printed only while these are unchanged.${stale}`,
    ]
  },
  ranges: (facts) => ofExperiments(facts, rangesOf),
  runs(facts) {
    if (facts.jobs.length === 0) return undefined
    const { settings, repeated } = repeatedSettings(facts.jobs)
    const lines = groupJobs(facts).map(({ name, jobs }) =>
      smallLine([code(name), { type: 'text', value: `: ${plural(jobs.length, 'run')}, ${seedsText(jobs)}` }]),
    )
    return [
      `${plural(facts.jobs.length, 'run')} of ${plural(settings, 'setting')}, of which ${repeated} ran with more than one seed.`,
      ...lines,
    ]
  },
  variation(facts) {
    const { values, cells } = spreadsShown(facts)
    if (values + cells === 0) return undefined
    return [
      `Printed as the mean over seeds ± the sample standard deviation: ${plural(values, 'value')} of the text, ${plural(cells, 'entry', 'entries')} of its tables.`,
    ]
  },
  bars(facts) {
    const { figures, all } = spreadsShown(facts)
    if (all === 0) return undefined
    return [
      `Figures that draw a band or a bar about their values: ${figures} of ${all}. Captions say what it spans.`,
    ]
  },
  runtime({ jobs, cells }) {
    if (jobs.length + cells.length === 0) return undefined
    const time = (results: typeof cells | typeof jobs) =>
      seconds(results.reduce((sum, { stored }) => sum + stored.provenance.elapsedMs, 0) / 1000)
    const own = cells.filter(({ stored }) => (stored.provenance.jobs ?? []).length === 0)
    const runs =
      jobs.length === 0 ? 'No experiment was run' : `The runs took ${time(jobs)} in all, each timed by itself`
    return [`${runs}; the cells that run none took ${time(own)}.`]
  },
  infrastructure(facts) {
    const list = machineFacts(facts).map(
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

function publishedSplits(counts: DataSet['counts']): string {
  return `${counts.map(({ split }) => split).join(' and ')}, as the data set gives them`
}

function ofExperiments(
  facts: Facts,
  describe: (group: ExperimentJobs) => PhrasingContent[],
): Answer | undefined {
  const lines = groupJobs(facts).flatMap((group) => {
    const words = describe(group)
    return words.length === 0 ? [] : [smallLine([code(group.name), { type: 'text', value: ': ' }, ...words])]
  })
  return lines.length === 0 ? undefined : lines
}

function rangesOf({ jobs }: ExperimentJobs): PhrasingContent[] {
  const varied = paramValues(jobs).filter(({ values }) => values.length > 1)
  return varied.flatMap(({ name, values }, index) => [
    ...(index === 0 ? [] : [{ type: 'text', value: '; ' } as const]),
    code(name),
    { type: 'text', value: ' ' } as const,
    ...valueListNodes(values),
  ])
}

function seedsText(jobs: ExperimentJobs['jobs']): string {
  const seeds = seedsOf(jobs)
  return seeds.length === 1 ? `seed ${seeds[0]}` : `${seeds.length} seeds`
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
