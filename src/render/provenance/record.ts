import { versionOf, weftVersion } from '../assemble/registers/packages.ts'
import type { Json, Report, StoredResult } from '../model/types.ts'
import type { CellOrigin, JobOrigin, Origins } from './gather-origins.ts'
import { type Dependencies, type ProvenanceRecord, recordFormat, schemaName } from './schema.ts'
import type { Shown } from './shown-numbers.ts'

/** What a record is made from. */
interface RecordOptions {
  readonly report: Report
  readonly origins: Origins
  readonly shown: readonly Shown[]
  readonly dependencies: readonly Dependencies[]
}

/** A record before its figures are drawn. */
export type Draft = Omit<ProvenanceRecord, 'numbers'> & { readonly numbers: readonly Shown[] }

interface Lists {
  readonly packages: Interned<{ readonly name: string; readonly digest: string }>
  readonly machines: Interned<ProvenanceRecord['machines'][number]>
}

/**
 * Composes the record of the origins of all numbers of a report, except for drawings. It uses only stored results and
 * sources, so equal ones give an equal record at any time and on any machine.
 */
export function draftRecord({ report, origins, shown, dependencies }: RecordOptions): Draft {
  const lists: Lists = { packages: intern(), machines: intern() }
  const cells = [...origins.cells.values()].map((one) => [one.cell.label, cellEntry(one, lists)] as const)
  const jobs = [...origins.jobs].map(([key, one]) => [key, jobEntry(one, lists)] as const)
  const files = [...origins.cells.values(), ...origins.jobs.values()].flatMap((one) =>
    Object.entries(one.files),
  )
  const names = [...new Set(dependencies.flatMap(({ params }) => params))].sort()
  return {
    $schema: schemaName,
    format: recordFormat,
    weft: weftVersion(),
    title: report.front.title,
    profile: report.profile,
    numbers: shown,
    grounds: [...dependencies],
    cells: Object.fromEntries(cells),
    jobs: Object.fromEntries(jobs),
    params: Object.fromEntries(names.map((name) => [name, report.params[name] ?? null])),
    dataSets: Object.fromEntries(origins.dataSets.map(dataSetEntry).sort(byName)),
    files: Object.fromEntries(files.sort(byNameAndDigest)),
    packages: lists.packages.list.map(({ name, digest }) => {
      const version = versionOf(name, digest, report.root)
      return { name, ...(version === undefined ? {} : { version }), digest }
    }),
    machines: [...lists.machines.list],
  }
}

/** Completes a record: adds the digest of each figure's specification, and removes figures that could not be drawn. */
export function completed(draft: Draft, drawings: Readonly<Record<string, string>>): ProvenanceRecord {
  const numbers = draft.numbers.flatMap((one): ProvenanceRecord['numbers'] => {
    if (one.kind !== 'figure') return [one]
    const drawing = Object.hasOwn(drawings, one.output) ? drawings[one.output] : undefined
    return drawing === undefined ? [] : [{ ...one, drawing }]
  })
  return { ...draft, numbers }
}

function cellEntry(origin: CellOrigin, lists: Lists): ProvenanceRecord['cells'][string] {
  const { cell, stored, isStale, needs, jobs, params, files } = origin
  const { line, column } = cell.position.start
  return {
    ...{ file: cell.file, line, column, ...keyed(origin, lists), ...(isStale ? { stale: true } : {}) },
    ...{ needs: [...needs], jobs: [...jobs], params: [...params], files: Object.keys(files).sort() },
    ...timesOf(stored),
  }
}

function jobEntry(origin: JobOrigin, lists: Lists): ProvenanceRecord['jobs'][string] {
  const { stored, request, files } = origin
  const { engine, threads, usesEngine = true } = stored.provenance
  const { module, name, params, seed } = request
  return {
    ...{ module: module.replace(/^\.\//, ''), name, params, seed, ...keyed(origin, lists) },
    files: Object.keys(files).sort(),
    ...(engine !== undefined && usesEngine ? { engine } : {}),
    ...(threads !== undefined && usesEngine ? { threads } : {}),
    ...timesOf(stored),
  }
}

function keyed({ stored, dataSets }: CellOrigin | JobOrigin, { packages, machines }: Lists) {
  const { key, parts, provenance } = stored
  const { node, platform, cpu } = provenance
  const imported = Object.entries(parts).filter(([part]) => part.startsWith('package:'))
  return {
    key,
    parts: { ...parts },
    packages: imported.map(([part, digest]) => packages.add({ name: part.slice('package:'.length), digest })),
    dataSets: [...dataSets].sort(),
    machine: machines.add({ node, platform, cpu }),
  }
}

function timesOf({ provenance: { computedAt, elapsedMs } }: StoredResult) {
  return { computedAt, elapsedMs }
}

function dataSetEntry({ name, title, source, licence, files }: Origins['dataSets'][number]) {
  const texts = Object.entries({ title, source, licence }).filter(([, text]) => text !== undefined)
  return [name, { ...Object.fromEntries(texts), files: files.map((file) => ({ ...file })) }] as const
}

function byName([a]: readonly [string, Json | object], [b]: readonly [string, Json | object]): number {
  return a < b ? -1 : 1
}

// The last of two states of one path wins, so digests come after other states.
function byNameAndDigest(a: readonly [string, string], b: readonly [string, string]): number {
  if (a[0] !== b[0]) return byName(a, b)
  return Number(isDigest(a[1])) - Number(isDigest(b[1]))
}

function isDigest(state: string): boolean {
  return /^[0-9a-f]{64}$/.test(state)
}

/** A list without duplicates. */
export interface Interned<Item> {
  /** Gives the index of an item, and adds the item if it is new. */
  add(item: Item): number
  readonly list: readonly Item[]
}

/** Opens an empty list of plain items. Two items are the same if their JSON is the same. */
export function intern<Item>(): Interned<Item> {
  const list: Item[] = []
  const places = new Map<string, number>()
  return {
    list,
    add(item) {
      const id = JSON.stringify(item)
      if (!places.has(id)) places.set(id, list.push(item) - 1)
      return places.get(id)!
    },
  }
}
