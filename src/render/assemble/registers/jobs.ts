import type { PhrasingContent } from 'mdast'
import { canonicalJson } from '../../model/digest.ts'
import { type DataSet, dataSetsOf } from './data-sets.ts'
import { distinct } from './distinct.ts'
import { type ExperimentJobs, type Facts, groupJobs, type Job } from './gather-facts.ts'
import {
  joined,
  type Named,
  paragraph,
  screenLink,
  short,
  smallLine,
  text,
  valueListNodes,
  valueNodes,
} from './nodes.ts'
import { namesFrom, type Param, type ParamNames, paramsOfJobs, wordsOf } from './param-words.ts'
import { type Register, type RowGroup, registerTable } from './register.ts'
import { sectionOf, sectionPath } from './section-of.ts'
import { listedSources, sourceId } from './sources.ts'
import type { Speech } from './speech.ts'

/**
 * Lists the hyper-parameters of every experiment that the report runs, from the params of its jobs: a row an experiment,
 * in groups by section; what a group shares is said once. `names` is an export with names for readers.
 */
export const jobs: Register = {
  options: ['names'],
  isTable: true,
  make(facts, { attributes }, speech) {
    const { say } = speech
    const experiments = groupJobs(facts)
    if (experiments.length === 0) return [paragraph(say.jobs.none)]
    const listing: Listing = {
      facts,
      speech,
      names: namesFrom(attributes.names, facts),
      listed: listedSources(facts),
      sets: dataSetsOf(facts),
    }
    const titles = [say.jobs.experiment, say.jobs.parameters, say.jobs.runs]
    return {
      table: registerTable(
        titles.map((title) => ({ title })),
        groupsOf(experiments, facts).map((group) => rowsOf(group, listing)),
      ),
      caption: say.jobs.caption,
    }
  },
}

interface Listing {
  readonly facts: Facts
  readonly speech: Speech
  readonly names: ParamNames
  readonly listed: readonly string[]
  readonly sets: readonly DataSet[]
}

/** Experiments of one section, or of one chapter if each has a section of its own there. */
interface Group {
  readonly isSection: boolean
  readonly experiments: ExperimentJobs[]
}

function groupsOf(experiments: readonly ExperimentJobs[], facts: Facts): Group[] {
  const places = experiments.map((one) => sectionOf(facts.chapters, placeOf(one)))
  const groups = new Map<unknown, Group>()
  for (const [index, one] of experiments.entries()) {
    const { chapter, section } = places[index]!
    const others = places.filter((place) => place.section !== undefined && place.section === section)
    const isSection = section !== chapter && others.length > 1
    const key = isSection ? section : chapter
    if (!groups.has(key)) groups.set(key, { isSection, experiments: [] })
    groups.get(key)!.experiments.push(one)
  }
  return [...groups.values()]
}

function placeOf({ jobs }: ExperimentJobs) {
  const { file, position } = jobs[0]!.cell
  return { file, position }
}

function rowsOf({ isSection, experiments }: Group, listing: Listing): RowGroup {
  const { facts, speech, names } = listing
  const params = experiments.map(({ jobs }) => paramsOfJobs(jobs, names))
  const shared = sharedOf(params)
  const isShared = new Set(shared.map(({ path }) => path))
  const pathOf = (one: ExperimentJobs) => sectionPath(facts, placeOf(one), speech)
  const path = pathOf(experiments[0]!)
  const first: PhrasingContent[][] = [[text(speech.say.jobs.shared)], paramNodes(shared, listing), []]
  return {
    heading: joined(isSection ? path : path.slice(0, 1), ' › '),
    rows: [
      ...(shared.length > 0 ? [first] : []),
      ...experiments.map((one, index) => [
        titleNodes(one, isSection ? [] : pathOf(one).slice(1), listing),
        paramNodes(
          params[index]!.filter((param) => !isShared.has(param.path)),
          listing,
        ),
        runNodes(one.jobs, speech),
      ]),
    ],
  }
}

// A param that all experiments of a group have, by one name, with one and the same value.
function sharedOf(params: readonly (readonly Param[])[]): Param[] {
  if (params.length < 2) return []
  const [first, ...others] = params
  const idOf = ({ path, words, values }: Param) => canonicalJson([path, words, values] as never)
  const known = others.map((list) => new Set(list.map(idOf)))
  return first!.filter((param) => param.values.length === 1 && known.every((ids) => ids.has(idOf(param))))
}

function titleNodes(
  { name, module }: ExperimentJobs,
  section: readonly PhrasingContent[][],
  { names, listed }: Listing,
): PhrasingContent[] {
  const words = names[name] ?? capital(wordsOf(name))
  const title = listed.includes(module) ? screenLink(sourceId(module), [text(words)]) : text(words)
  return section.length === 0 ? [title] : [title, smallLine(section.flat(), 'weft-quiet')]
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

function paramNodes(params: readonly Param[], { speech, names, sets }: Listing): PhrasingContent[] {
  const named: Named = (value) => {
    const title = names[value] ?? sets.find((set) => set.name === value)?.title
    return title === undefined ? undefined : [text(title)]
  }
  const fixed = params.filter(({ values }) => values.length === 1)
  const varied = params.filter(({ values }) => values.length > 1)
  const one = ({ words, values }: Param) => [text(`${words} `), ...valueNodes(values[0]!, speech, named)]
  const many = ({ words, values }: Param) => [text(`${words} `), ...valueListNodes(values, speech, named)]
  const rest = [text(`${speech.say.jobs.varied} `), ...joined(varied.map(many), '; ')]
  return [
    ...joined(fixed.map(one)),
    ...(varied.length === 0 ? [] : fixed.length === 0 ? rest : [smallLine(rest)]),
  ]
}

function runNodes(jobs: readonly Job[], { say, words, counted, number, seconds }: Speech): PhrasingContent[] {
  const seeds = distinct(jobs.map(({ request }) => request.seed)) as number[]
  const total = jobs.reduce((sum, { stored }) => sum + stored.provenance.elapsedMs, 0) / 1000
  const seed = seeds.length === 1 ? say.seed(number(seeds[0]!)) : counted(say.seedCount, seeds.length)
  const parts = [counted(words.card.jobCount, jobs.length), seed, seconds(total)]
  return parts.flatMap((part, index) => [
    ...(index === 0 ? [] : [text(' ')]),
    short(index < 2 ? `${part},` : part),
  ])
}
