import type { Json } from '../../model/types.ts'
import { distinct } from './distinct.ts'
import { type Facts, type Job, paramsOf } from './gather-facts.ts'

/** Names for readers: of experiments, of their params (`binary.hidden` before `hidden`), and of strings among values. */
export type ParamNames = { readonly [name: string]: string }

/** A param as a register shows it. */
export interface Param {
  /** Where it is among the params of a job: `adam.beta`. */
  readonly path: string
  /** Its name for readers: `learning rate`. */
  readonly words: string
  /** Every value that it takes, in order. */
  readonly values: readonly Json[]
}

/**
 * Finds the names that an author gives: an export of a cell, a record of texts. Throws if no cell with a result exports
 * such a record by this name.
 */
export function namesFrom(
  name: string | undefined,
  { cells, missing }: Pick<Facts, 'cells' | 'missing'>,
): ParamNames {
  if (name === undefined) return {}
  const found = cells.find(({ stored }) => Object.hasOwn(stored.exports, name))?.stored.exports[name]
  // A cell without a result is told of elsewhere.
  if (found === undefined && missing.cells.length > 0) return {}
  if (!isNames(found))
    throw new Error(
      `expected \`names\` to be an export of a cell, a record of texts such as { learningRate: 'learning rate' }, found \`${name}\`${found === undefined ? '' : ` with another value`}`,
    )
  return found
}

function isNames(value: Json | undefined): value is ParamNames {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).every((text) => typeof text === 'string')
}

/** Lists the params of jobs of one experiment in order of first use, without those that are open in all of them. */
export function paramsOfJobs(jobs: readonly Job[], names: ParamNames): Param[] {
  const experiment = jobs[0]?.request.name ?? ''
  return paramValues(jobs).flatMap(({ name: path, values }) =>
    values.length === 1 && values[0] === null
      ? []
      : [{ path, values, words: names[`${experiment}.${path}`] ?? names[path] ?? wordsOf(path) }],
  )
}

/** Lists the params of some jobs, in order of first use, with every value that each takes. */
export function paramValues(jobs: readonly Job[]): { readonly name: string; readonly values: Json[] }[] {
  const all = jobs.map(({ request }) => paramsOf(request.params))
  const names = [...new Set(all.flatMap((params) => [...params.keys()]))]
  return names.map((name) => ({
    name,
    // A job without this param adds no value.
    values: distinct(all.flatMap((params) => (params.has(name) ? [params.get(name)!] : []))),
  }))
}

/** Makes words of an identifier: `learningRate` -> `learning rate`, `adam.beta1` -> `adam beta 1`. */
export function wordsOf(identifier: string): string {
  return identifier
    .replace(
      /([a-z\d])([A-Z])(?=[a-z])/g,
      (_, before: string, first: string) => `${before} ${first.toLowerCase()}`,
    )
    .replace(/([a-z]{2})(\d)/g, '$1 $2')
    .replace(/[._]+/g, ' ')
    .trim()
}
