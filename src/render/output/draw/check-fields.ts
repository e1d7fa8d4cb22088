import { listed } from '../../model/found.ts'
import { suggestion } from '../../model/nearest.ts'
import type { Json } from '../../model/types.ts'
import type { SpecFault } from './check-words.ts'

type Spec = { readonly [key: string]: Json | undefined }

/** The fields of the rows of a view; undefined if only vega could tell. */
type Fields = ReadonlySet<string> | undefined

const VIEW_LISTS = ['layer', 'hconcat', 'vconcat', 'concat'] as const

/** Fields that a transform makes unless `as` names them. */
const MADE_UNNAMED: { readonly [transform: string]: readonly string[] } = {
  fold: ['key', 'value'],
  density: ['value', 'density'],
  quantile: ['prob', 'value'],
  regression: ['coef', 'rSquared'],
}

/** Transforms that give their result an end, too: `as: 'b'` makes `b` and `b_end`. */
const MADE_WITH_END = ['bin', 'stack', 'timeUnit'] as const

/**
 * Lists the first ten fields of channels that no row of their data has, each with its path and what it may have been:
 * vega would draw nothing there. `found field "acuracy" at spec.encoding.y, expected one of epoch, accuracy`.
 */
export function checkFields(spec: Spec): SpecFault[] {
  const faults = visit(spec, {
    fields: undefined,
    channels: new Map(),
    datasets: asSpec(spec.datasets),
    path: 'spec',
  })
  // Layers share the channels of the view around them.
  return [...new Map(faults.map((fault) => [fault.reason, fault])).values()].slice(0, 10)
}

interface Inherited {
  readonly fields: Fields
  /** Path -> definition of a channel. */
  readonly channels: ReadonlyMap<string, Json>
  readonly datasets: Spec
  readonly path: string
}

function visit(view: Spec, { fields: above, channels: outer, datasets, path }: Inherited): SpecFault[] {
  const own = 'data' in view ? fieldsOfData(view.data, datasets) : above
  const fields = transformed(own, asList(view.transform))
  const channels = new Map([
    ...[...outer].filter(([place]) => !(nameIn(place) in asSpec(view.encoding))),
    ...Object.entries(asSpec(view.encoding)).map(
      ([name, channel]) => [`${path}.encoding.${name}`, channel as Json] as const,
    ),
  ])
  const shown = 'mark' in view ? channels : new Map<string, Json>()
  const inChannels = [...shown].flatMap(([place, channel]) => fieldsOfChannel(channel, place))
  // Vega-lite makes panels after the transforms of what is in them.
  const inner = transformed(fields, transformsIn(view.spec))
  const ofPanels = [
    ...fieldsOfFacet(view.facet, `${path}.facet`),
    ...fieldsOfRepeat(view.repeat, `${path}.repeat`),
  ]
  const views = [
    ...VIEW_LISTS.flatMap((list) =>
      asList(view[list]).map((child, index) => [`${path}.${list}[${index}]`, child] as const),
    ),
    ...('spec' in view ? [[`${path}.spec`, view.spec as Json] as const] : []),
  ]
  return [
    ...inChannels.flatMap(([place, field]) => checkField(field, place, fields)),
    ...ofPanels.flatMap(([place, field]) => checkField(field, place, inner)),
    ...views.flatMap(([place, child]) => visit(asSpec(child), { fields, channels, datasets, path: place })),
  ]
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

type Named = readonly [path: string, field: Json | undefined]

// A channel may take its field from a condition, and be a list of definitions.
function fieldsOfChannel(channel: Json, path: string): Named[] {
  if (Array.isArray(channel))
    return channel.flatMap((one, index) => fieldsOfChannel(one, `${path}[${index}]`))
  const { field, condition, sort } = asSpec(channel)
  return [
    [path, field],
    ...(condition === undefined ? [] : fieldsOfChannel(condition, `${path}.condition`)),
    [`${path}.sort`, asSpec(sort).field],
  ]
}

function fieldsOfFacet(facet: Json | undefined, path: string): Named[] {
  const { field, row, column } = asSpec(facet)
  return [
    [path, field],
    [`${path}.row`, asSpec(row).field],
    [`${path}.column`, asSpec(column).field],
  ]
}

function fieldsOfRepeat(repeat: Json | undefined, path: string): Named[] {
  const lists = Array.isArray(repeat)
    ? ([[path, repeat]] as const)
    : Object.entries(asSpec(repeat)).map(([key, list]) => [`${path}.${key}`, list] as const)
  return lists.flatMap(([place, list]) =>
    asList(list).map((field, index) => [`${place}[${index}]`, field] as const),
  )
}

function checkField(field: Json | undefined, path: string, fields: Fields): SpecFault[] {
  // A count may be one of `*`.
  if (typeof field !== 'string' || fields === undefined || field === '*') return []
  const [first] = field.split(/(?<!\\)[.[]/) as [string]
  if (fields.has(unescaped(first))) return []
  const escaped = field.replace(/(?<!\\)[.[\]]/g, '\\$&')
  const expected = fields.has(unescaped(field))
    ? `, a path to a part of "${unescaped(first)}", expected ${JSON.stringify(escaped)}: a backslash before each such character`
    : `, expected one of ${listed([...fields], 12)}${suggestion(field, [...fields])}`
  return [{ reason: `found field "${field}" at ${path}${expected}`, word: field }]
}

// Rows that are not there have no fields to compare with.
function fieldsOfData(data: Json | undefined, datasets: Spec): Fields {
  const { values, name } = asSpec(data)
  const rows = values ?? (typeof name === 'string' ? datasets[name] : undefined)
  if (!Array.isArray(rows) || rows.length === 0) return undefined
  // Vega puts a row that is not an object into the field `data`.
  return new Set(
    rows.flatMap((row) => (typeof row === 'object' && row !== null ? Object.keys(row) : ['data'])),
  )
}

function transformed(fields: Fields, transforms: readonly Json[]): Fields {
  if (fields === undefined || transforms.some((transform) => 'pivot' in asSpec(transform))) return undefined
  return new Set([
    ...fields,
    ...transforms.flatMap((transform) => [
      ...madeUnnamed(transform),
      ...named(transform),
      ...ends(asSpec(transform)),
    ]),
  ])
}

function transformsIn(view: Json | undefined): readonly Json[] {
  const { transform, ...rest } = asSpec(view)
  const inner = [...VIEW_LISTS.flatMap((list) => asList(rest[list])), rest.spec]
  return [...asList(transform), ...inner.flatMap((one) => (one === undefined ? [] : transformsIn(one)))]
}

function madeUnnamed(transform: Json): readonly string[] {
  return Object.entries(MADE_UNNAMED).flatMap(([name, fields]) => (name in asSpec(transform) ? fields : []))
}

function ends(transform: Spec): string[] {
  if (!MADE_WITH_END.some((name) => name in transform)) return []
  const [as, end] = [transform.as].flat()
  return typeof as === 'string' && end === undefined ? [`${as}_end`] : []
}

// Every `as` at any depth, and the fields of a lookup.
function named(node: Json | undefined): string[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) => {
    const isName = key === 'as' || key === 'fields'
    return isName
      ? asList(Array.isArray(value) ? value : [value]).filter((name) => typeof name === 'string')
      : named(value)
  })
}

function unescaped(field: string): string {
  return field.replace(/\\(.)/g, '$1')
}

function asSpec(value: Json | undefined): Spec {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Spec) : {}
}

function asList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}
