import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { found, listed } from '../../model/found.ts'
import { suggestion } from '../../model/nearest.ts'
import type { Json } from '../../model/types.ts'

/** What is wrong with a specification, and the word in it that is wrong. */
export interface SpecFault {
  readonly reason: string
  readonly word: string
}

/** The part of JSON Schema that vega-lite's schema uses. */
interface Schema {
  readonly $ref?: string
  readonly anyOf?: readonly Schema[]
  readonly type?: string | readonly string[]
  readonly enum?: readonly Json[]
  readonly const?: Json
  readonly properties?: { readonly [key: string]: Schema }
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema | readonly Schema[]
}

/** So many mistakes are told at once. */
const MOST_FAULTS = 10

/** Rows may have members of any name; vega-lite translates selections of its fourth version. */
const UNCHECKED = ['values', 'datasets', 'selection']

/** Gives the alternatives that some schemas allow, none of them a reference or a list of alternatives itself. */
type Alternatives = (schemas: readonly Schema[]) => readonly Schema[]

// Beside this module in lib, else in the package.
function schemaPath(): string {
  const own = fileURLToPath(new URL('vega-lite-schema.json', import.meta.url))
  return existsSync(own) ? own : createRequire(import.meta.url).resolve('vega-lite/vega-lite-schema.json')
}

/**
 * Gives a function that lists the first ten words of a specification that vega-lite does not know, each with its path
 * and the word that was probably meant: vega-lite ignores an unknown member, and draws something else. At each place it allows
 * what any of the alternatives of vega-lite's schema allows there, so it never refuses what fits the schema.
 */
export function openWordCheck(): (spec: Json) => SpecFault[] {
  const root = JSON.parse(readFileSync(schemaPath(), 'utf8')) as Schema & {
    definitions: Record<string, Schema>
  }
  const known = new Map<Schema, readonly Schema[]>()
  const collect = (schema: Schema, into: Set<Schema>): Set<Schema> => {
    if (into.has(schema)) return into
    into.add(schema)
    const name = schema.$ref?.slice('#/definitions/'.length)
    const inner = name === undefined ? (schema.anyOf ?? []) : [root.definitions[decodeURIComponent(name)]!]
    for (const one of inner) collect(one, into)
    return into
  }
  const alternatives = (schema: Schema) => {
    const all = known.get(schema) ?? [...collect(schema, new Set())].filter((one) => !one.$ref && !one.anyOf)
    known.set(schema, all)
    return all
  }
  const all: Alternatives = (schemas) => [...new Set(schemas.flatMap(alternatives))]
  return (spec) => {
    const faults: SpecFault[] = []
    for (const fault of check(spec, all([root]), 'spec', all)) if (faults.push(fault) === MOST_FAULTS) break
    return faults
  }
}

// The object round the one that is checked, and what it may hold.
interface Outer {
  readonly path: string
  readonly names: readonly string[]
}

function* check(
  value: Json,
  allowed: readonly Schema[],
  path: string,
  alternatives: Alternatives,
  outer?: Outer,
): Generator<SpecFault> {
  if (typeof value === 'string') yield* checkWord(value, allowed, path)
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    const items = alternatives(allowed.flatMap(({ items = [] }) => items))
    for (const [index, item] of value.entries())
      if (typeof item !== 'number') yield* check(item, items, `${path}[${index}]`, alternatives, outer)
    return
  }
  const objects = allowed.filter(({ type }) => type === 'object')
  // An expression may stand anywhere.
  if (objects.length === 0 || 'expr' in value || 'signal' in value) return
  const names = objects.flatMap(({ properties = {} }) => Object.keys(properties))
  for (const [key, member] of Object.entries(value)) {
    if (UNCHECKED.includes(key)) continue
    const own = objects.flatMap(({ properties = {} }) =>
      Object.hasOwn(properties, key) ? properties[key]! : [],
    )
    const others = objects.flatMap(({ additionalProperties = true }) => additionalProperties)
    if (own.length === 0 && others.every((other) => other === false)) {
      const wanted = outer?.names.includes(key)
        ? `, expected it in ${outer.path}, beside \`${path.slice(outer.path.length + 1)}\``
        : expected(key, names)
      yield { reason: `found \`${key}\` in ${path}${wanted}`, word: key }
    } else {
      const inner = own.length > 0 ? own : others.filter((other) => typeof other === 'object')
      yield* check(member, alternatives(inner), `${path}.${key}`, alternatives, { path, names })
    }
  }
}

function checkWord(word: string, allowed: readonly Schema[], path: string): SpecFault[] {
  const isFree = allowed.some(
    (schema) =>
      schema.enum === undefined && schema.const === undefined && [schema.type].flat().includes('string'),
  )
  if (isFree) return []
  const words = allowed.flatMap((schema) => schema.enum ?? schema.const ?? [])
  const texts = words.filter((one) => typeof one === 'string')
  if (texts.length === 0 || texts.includes(word)) return []
  return [{ reason: `found ${found(word)} at ${path}${expected(word, texts)}`, word }]
}

function expected(word: string, words: readonly string[]): string {
  const all = [...new Set(words)]
  return suggestion(word, all) || `, expected one of ${listed(all, 12)}`
}
