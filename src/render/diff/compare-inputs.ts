import { type DataSet, dataSetsOf } from '../assemble/registers/data-sets.ts'
import type { Json, StoredResult } from '../model/types.ts'
import type { Diff, Named } from './schema.ts'
import { labelsIn, resultOf, type Version } from './version.ts'

/** Compares what the numbers of two versions were made from: params, packages, data sets, machines. */
export function compareInputs(
  before: Version,
  after: Version,
): Pick<Diff, 'params' | 'packages' | 'data' | 'environments'> {
  const [was, is] = [before, after].map(environmentsOf) as [string, string]
  const isKnown = was !== '' && is !== ''
  return {
    params: changesOf(paramsOf(before), paramsOf(after)),
    packages: comparePackages(before, after),
    data: changesOf(dataOf(before), dataOf(after)),
    ...(isKnown && was !== is ? { environments: { before: was, after: is } } : {}),
  }
}

/** Lists what differs between two lists of texts, by name; in the order of the second, then what is gone. */
export function changesOf(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Named[] {
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)]
    if (was === is) return []
    return [
      { name, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) },
    ]
  })
}

function paramsOf({ tree }: Version): Map<string, string> {
  if (!tree) return new Map()
  return new Map(Object.entries(tree.report.params).flatMap(([name, value]) => leavesOf(value, name)))
}

// A list of numbers or texts is one param: its places have no names.
function leavesOf(value: Json, path: string): [string, string][] {
  const isLeaf =
    typeof value !== 'object' || value === null || (Array.isArray(value) && !value.some(isRecord))
  if (isLeaf) return [[path, JSON.stringify(value)]]
  return Object.entries(value as object).flatMap(([name, item]) => leavesOf(item as Json, `${path}.${name}`))
}

function isRecord(value: Json): boolean {
  return typeof value === 'object' && value !== null
}

// With the versions that are installed; only their digests are in the results.
function comparePackages(before: Version, after: Version): Named[] {
  const [was, is] = [packageDigests(before), packageDigests(after)]
  const names = [...new Set([...is.keys(), ...was.keys()])].sort()
  return names.flatMap((name) => {
    const [a, b] = [was.get(name), is.get(name)]
    if (a === b) return []
    const [old, now] = [before.packages.get(name), after.packages.get(name)]
    return [
      {
        name,
        ...(a === undefined ? {} : { before: old ?? 'a version' }),
        ...(b === undefined ? {} : { after: nowText(old, now) }),
      },
    ]
  })
}

// The digest of a package covers what it depends on.
function nowText(old: string | undefined, now: string | undefined): string {
  if (now === undefined) return 'another version'
  return now === old ? `${now}, with other dependencies` : now
}

function packageDigests({ stored }: Version): ReadonlyMap<string, string> {
  const found = new Map<string, Set<string>>()
  for (const { parts } of stored.values())
    for (const [part, digest] of Object.entries(parts)) {
      if (!part.startsWith('package:')) continue
      const name = part.slice('package:'.length)
      found.set(name, (found.get(name) ?? new Set()).add(digest))
    }
  return new Map([...found].map(([name, digests]) => [name, [...digests].sort().join(' ')]))
}

function dataOf(version: Version): Map<string, string> {
  const sets = dataSetsOf(factsOf(version))
  return new Map(sets.flatMap((set) => [[set.name, wordsOf(set)] as const, ...filesOf(set)]))
}

function factsOf(version: Version): Parameters<typeof dataSetsOf>[0] {
  const cells = labelsIn(version).flatMap((label) => {
    const stored = resultOf(version, label)
    return stored ? [{ stored }] : []
  })
  const jobs = [...version.stored.values()].flatMap((stored: StoredResult) => {
    const request = stored.provenance.job
    return request ? [{ stored, request }] : []
  })
  return { cells, jobs }
}

function wordsOf({ title, counts, source, licence, cleaning }: DataSet): string {
  const splits = counts.map(({ split, count }) => `${split} ${count}`).join(', ')
  const cleaned = cleaning.map(({ what, count }) => `${what} ${count}`).join(', ')
  return [title, splits, cleaned, source, licence].filter(Boolean).join('; ') || 'named only'
}

function filesOf({ name, files }: DataSet): [string, string][] {
  return files.map((file) => [`${name}/${file.name}`, `SHA-256 ${file.sha256}`])
}

function environmentsOf({ locked }: Version): string {
  return locked.environments
    .map(({ engine, cpu, node }) => `${engine} on ${cpu}, Node ${node.replace(/^v/, '')}`)
    .join('; ')
}
