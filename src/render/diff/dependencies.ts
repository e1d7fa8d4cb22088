import { allBelow, basisOf, type Dependencies, jobKeysOf, type OfCells } from '../check/dependencies.ts'
import type { Basis } from '../check/judgement.ts'
import { canonicalJson } from '../model/digest.ts'
import type { StoredResult } from '../model/types.ts'
import { labelsIn, resultOf, type Version } from './version.ts'

/** What the numbers of two versions depend on, known from the results that are kept. */
export interface Between {
  readonly dependencies: Dependencies
  /** The results of some cells, and of all that they depend on, in each version. */
  resultsOf(labels: readonly string[]): { readonly before: Below; readonly after: Below }
  /** How the numbers of some cells are judged. */
  basisOf(labels: readonly string[]): Pick<Basis, 'isSame' | 'isTrained'>
  /** Whether nothing but what jobs measured differs in all that some cells depend on. */
  isMeasuredAlone(labels: readonly string[]): boolean
}

/** The results that some cells depend on. */
export interface Below {
  readonly cells: readonly StoredResult[]
  readonly jobs: readonly StoredResult[]
  /** Whether these are all of them. */
  readonly isWhole: boolean
}

/** Finds the dependencies of two versions from their stored results: nothing is bundled. */
export function between(before: Version, after: Version): Between {
  const dependencies = dependenciesIn(before, after)
  const [was, is] = [ofCells(before), ofCells(after)]
  const judged = basisOf({
    locked: before.locked,
    accepted: { stored: before.stored },
    results: is,
    dependencies,
  })
  const resultsOf = remembering((labels) => {
    const below = allBelow(labels, dependencies)
    return { before: belowOf(below, before, was), after: belowOf(below, after, is) }
  })
  return {
    dependencies,
    resultsOf,
    basisOf: remembering((labels) => {
      const both = resultsOf(labels)
      const isKept = before.stored.size > 0 || after.stored.size > 0
      if (labels.length === 0 && isKept) return { isSame: true, isTrained: false }
      if (!isKept || !both.before.isWhole || !both.after.isWhole) return unknownBasis(before, after)
      const { isSame, isTrained } = judged(labels)
      // In other code the last digits of a training differ as on another machine.
      return { isSame: isSame && codeOf(both.before) === codeOf(both.after), isTrained }
    }),
    isMeasuredAlone: remembering((labels) => {
      const { before: was, after: is } = resultsOf(labels)
      const isKnown = was.isWhole && is.isWhole && is.jobs.length > 0
      return isKnown && codeOf(was) === codeOf(is) && haveSameResults(was.jobs, is.jobs)
    }),
  }
}

// Most numbers depend on what others depend on.
function remembering<Value>(
  make: (labels: readonly string[]) => Value,
): (labels: readonly string[]) => Value {
  const known = new Map<string, Value>()
  return (labels) => {
    const key = labels.join(' ')
    if (!known.has(key)) known.set(key, make(labels))
    return known.get(key)!
  }
}

// Without results only the lock knows whether anything was trained.
function unknownBasis(...versions: readonly Version[]): Pick<Basis, 'isSame' | 'isTrained'> {
  const environments = versions.flatMap(({ locked }) => locked.environments)
  return { isSame: false, isTrained: environments.some(({ engine }) => engine !== 'none') }
}

function dependenciesIn(before: Version, after: Version): Dependencies {
  const owners = new Map<string, string>()
  const below = new Map<string, ReadonlySet<string>>()
  for (const version of [before, after]) {
    const own = new Map<string, string>()
    const labels = labelsIn(version)
    for (const label of labels)
      for (const name of Object.keys(resultOf(version, label)?.exports ?? {})) own.set(name, label)
    for (const [name, label] of own) owners.set(name, label)
    const restOf = (label: string, open: ReadonlySet<string>): ReadonlySet<string> => {
      const stored = resultOf(version, label)
      if (!stored || open.has(label)) return new Set([label])
      const owned = needsOf(stored).flatMap((name) => own.get(name) ?? [])
      return new Set([...owned.flatMap((one) => [...restOf(one, new Set([...open, label]))]), label])
    }
    for (const label of labels) if (resultOf(version, label)) below.set(label, restOf(label, new Set()))
  }
  return { owners, below }
}

function needsOf({ parts }: StoredResult): string[] {
  return Object.keys(parts).flatMap((part) =>
    part.startsWith('export:') ? [part.slice('export:'.length)] : [],
  )
}

function ofCells(version: Version): OfCells {
  const cells = labelsIn(version).flatMap((label) => {
    const stored = resultOf(version, label)
    return stored ? [[label, { stored }] as const] : []
  })
  return { cells: new Map(cells), jobs: version.stored }
}

function belowOf(labels: ReadonlySet<string>, version: Version, results: OfCells): Below {
  const there = [...labels].filter((label) => Object.hasOwn(version.locked.cells, label))
  const cells = there.flatMap((label) => resultOf(version, label) ?? [])
  const keys = [...jobKeysOf(labels, results)]
  const jobs = keys.flatMap((key) => version.stored.get(key) ?? [])
  return { cells, jobs, isWhole: cells.length === there.length && jobs.length === keys.length }
}

// All that decides results, but for what earlier cells export: that follows from it.
function codeOf({ cells, jobs }: Below): string {
  const ofCells = cells.map(({ parts, provenance }) => [
    provenance.label,
    Object.entries(parts).filter(([name]) => !name.startsWith('export:')),
  ])
  return canonicalJson([ofCells, jobs.map(({ key }) => key).sort()])
}

// Jobs of equal keys: those that have the same content are not looked into.
function haveSameResults(before: readonly StoredResult[], after: readonly StoredResult[]): boolean {
  const was = new Map(before.map((job) => [job.key, job]))
  return after.every((job) => {
    const other = was.get(job.key)!
    return other.content === job.content || canonicalJson(other.exports) === canonicalJson(job.exports)
  })
}
