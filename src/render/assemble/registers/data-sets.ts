import type { Json } from '../../model/types.ts'
import type { Job } from './gather-facts.ts'
import { paramsOf } from './gather-facts.ts'

/** A file of a data set, pinned by its description. */
interface DataFile {
  readonly name: string
  readonly bytes?: number
  readonly sha256: string
}

/** What the report says about a data set, merged from all its descriptions. */
export interface DataSet {
  readonly name: string
  readonly title?: string
  readonly source?: string
  readonly licence?: string
  /** Images or rows of each split. */
  readonly counts: readonly { readonly split: string; readonly count: number }[]
  /** How it was split, as a sentence. */
  readonly rule?: string
  /** What was cleaned away: a name and a count each. */
  readonly cleaning: readonly { readonly what: string; readonly count: number }[]
  readonly files: readonly DataFile[]
  /** How many jobs name it in their params. */
  readonly jobs: number
}

/** Results that may describe data sets, and jobs that may name them. */
interface Results {
  readonly cells: readonly Pick<Job, 'stored'>[]
  readonly jobs: readonly Pick<Job, 'stored' | 'request'>[]
}

type Described = { readonly [member: string]: Json }

/**
 * Gathers the data sets of a report. A data set is described by any export of a cell, or result of a job, that is an
 * object (or holds one, in a list or by name) with the texts `name`, `title`, `source` and `licence`. Optional
 * members: `train`, `validation`, `test` as numbers; `splits`, a list of `{split, count}`; `rule`; `cleaning`, a
 * record of numbers; `files`, a list of `{name, bytes, sha256}`. If a job's param `data` names a set without a
 * description, the list has only its name.
 */
export function dataSetsOf(facts: Results): DataSet[] {
  const described = new Map<string, Described[]>()
  const named = facts.jobs.map(({ request }) => [...paramsOf(request.params)])
  for (const value of exportsOf(facts)) {
    for (const one of descriptionsIn(value, 0)) {
      const name = String(one.name)
      described.set(name, [...(described.get(name) ?? []), one])
    }
  }
  for (const params of named)
    for (const [path, value] of params)
      if (path === 'data' && typeof value === 'string' && !described.has(value)) described.set(value, [])
  return [...described].map(([name, descriptions]) => ({
    ...merged(name, descriptions),
    jobs: named.filter((params) => params.some(([, value]) => value === name)).length,
  }))
}

/** Names the data sets that the exports of a cell, or the result of a job, describe. */
export function describedIn(exports: Readonly<Record<string, Json>>): string[] {
  const names = Object.values(exports).flatMap((value) => descriptionsIn(value, 0).map(({ name }) => name))
  return [...new Set(names as string[])]
}

/** Names the data sets that a job's params name. */
export function namedIn(params: Json): string[] {
  return [...paramsOf(params)].flatMap(([path, value]) =>
    path === 'data' && typeof value === 'string' ? [value] : [],
  )
}

function exportsOf({ cells, jobs }: Results): Json[] {
  return [...cells, ...jobs].flatMap(({ stored }) => Object.values(stored.exports))
}

const deepest = 2

/** Says whether a value describes a data set, or holds a description of one. */
export function isDescribed(value: Json): boolean {
  return descriptionsIn(value, 0).length > 0
}

// Results stay as they are, and several registers ask.
const known = new WeakMap<object, Described[]>()

function descriptionsIn(value: Json, depth: number): Described[] {
  if (typeof value !== 'object' || value === null || depth > deepest) return []
  // A long list of numbers or rows holds no description.
  if (Array.isArray(value) && value.length > mostMembers) return []
  const before = depth === 0 ? known.get(value) : undefined
  if (before) return before
  const found = describedBelow(value as Described, depth)
  if (depth === 0) known.set(value, found)
  return found
}

function describedBelow(record: Described, depth: number): Described[] {
  if (['name', 'title', 'source', 'licence'].every((member) => typeof record[member] === 'string'))
    return [record]
  const members = Object.values(record)
  return members.length > mostMembers ? [] : members.flatMap((member) => descriptionsIn(member, depth + 1))
}

const mostMembers = 50

function merged(name: string, descriptions: readonly Described[]): Omit<DataSet, 'jobs'> {
  const first = <T>(read: (one: Described) => T | undefined) =>
    descriptions.map(read).find((value) => value !== undefined)
  const list = <T>(read: (one: Described) => readonly T[]) =>
    descriptions.map(read).find((values) => values.length > 0) ?? []
  return {
    name,
    title: first((one) => textIn(one, 'title')),
    source: first((one) => textIn(one, 'source')),
    licence: first((one) => textIn(one, 'licence')),
    counts: list(countsIn),
    rule: first((one) => textIn(one, 'rule')),
    cleaning: list((one) => numbersIn(one.cleaning).map(([what, count]) => ({ what, count }))),
    files: list(filesIn),
  }
}

function countsIn(one: Described): DataSet['counts'] {
  const own = ['train', 'validation', 'test'].flatMap((split) =>
    typeof one[split] === 'number' ? [{ split, count: one[split] }] : [],
  )
  if (own.length > 0 || !Array.isArray(one.splits)) return own
  return (one.splits as Described[]).flatMap((part) =>
    typeof part?.split === 'string' && typeof part.count === 'number'
      ? [{ split: part.split, count: part.count }]
      : [],
  )
}

function filesIn(one: Described): DataFile[] {
  if (!Array.isArray(one.files)) return []
  return (one.files as Described[]).flatMap((file) =>
    typeof file?.name === 'string' && typeof file.sha256 === 'string'
      ? [
          {
            name: file.name,
            sha256: file.sha256,
            ...(typeof file.bytes === 'number' ? { bytes: file.bytes } : {}),
          },
        ]
      : [],
  )
}

function textIn(one: Described, member: string): string | undefined {
  const value = one[member]
  return typeof value === 'string' ? value : undefined
}

function numbersIn(value: Json | undefined): [string, number][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value as Described).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  )
}
