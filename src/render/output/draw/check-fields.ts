import { found, listed } from '../../model/found.ts'
import { suggestion } from '../../model/nearest.ts'
import type { Json } from '../../model/types.ts'

type Spec = { readonly [key: string]: Json | undefined }

/** The fields of the rows of a view; undefined if only vega could tell. */
type Fields = ReadonlySet<string> | undefined

/** Every mark that vega-lite 6 draws. */
const MARKS = [
  'arc',
  'area',
  'bar',
  'boxplot',
  'circle',
  'errorband',
  'errorbar',
  'geoshape',
  'image',
  'line',
  'point',
  'rect',
  'rule',
  'square',
  'text',
  'tick',
  'trail',
]

const TYPES = ['quantitative', 'ordinal', 'nominal', 'temporal', 'geojson']

const VIEW_LISTS = ['layer', 'hconcat', 'vconcat', 'concat'] as const

/** Fields that a transform makes unless `as` names them. */
const MADE_UNNAMED: { readonly [transform: string]: readonly string[] } = {
  fold: ['key', 'value'],
  density: ['value', 'density'],
  quantile: ['prob', 'value'],
}

/**
 * Throws if a channel names a field that no row of its data has, since vega would draw nothing there:
 * `Cannot draw field "acuracy", expected one of epoch, accuracy`. Throws for an unknown mark or type, too.
 */
export function assertViews(spec: Spec): void {
  visit(spec, { fields: undefined, encoding: {}, datasets: asSpec(spec.datasets) })
}

interface Inherited {
  readonly fields: Fields
  readonly encoding: Spec
  readonly datasets: Spec
}

function visit(view: Spec, inherited: Inherited): void {
  const own = 'data' in view ? fieldsOfData(view.data, inherited.datasets) : inherited.fields
  const fields = transformed(own, asList(view.transform))
  const encoding = { ...inherited.encoding, ...asSpec(view.encoding) }
  assertFacet(view.facet, fields)
  assertRepeat(view.repeat, fields)
  if ('mark' in view) {
    assertMark(view.mark)
    for (const channel of Object.values(encoding)) assertChannel(channel, fields)
  }
  const views = [...VIEW_LISTS.flatMap((list) => asList(view[list])), ...('spec' in view ? [view.spec] : [])]
  for (const child of views) visit(asSpec(child), { ...inherited, fields, encoding })
}

// Vega-lite itself breaks at an unknown mark without naming it.
function assertMark(mark: Json | undefined): void {
  const type = typeof mark === 'object' && mark !== null && 'type' in mark ? mark.type : mark
  if (typeof type === 'string' && MARKS.includes(type)) return
  const near = typeof type === 'string' ? suggestion(type, MARKS) : ''
  throw new Error(`Cannot draw mark ${found(type)}, expected one of ${MARKS.join(', ')}${near}`)
}

function assertChannel(channel: Json | undefined, fields: Fields): void {
  const definitions = Array.isArray(channel) ? channel : [channel]
  for (const definition of definitions) {
    const { field, type } = asSpec(definition)
    assertField(field, fields)
    assertType(type)
  }
}

function assertType(type: Json | undefined): void {
  if (type === undefined || (typeof type === 'string' && TYPES.includes(type))) return
  const near = typeof type === 'string' ? suggestion(type, TYPES) : ''
  throw new Error(`Cannot draw a field of type ${found(type)}, expected one of ${TYPES.join(', ')}${near}`)
}

function assertFacet(facet: Json | undefined, fields: Fields): void {
  const { field, row, column } = asSpec(facet)
  for (const name of [field, asSpec(row).field, asSpec(column).field]) assertField(name, fields)
}

function assertRepeat(repeat: Json | undefined, fields: Fields): void {
  const lists = Array.isArray(repeat) ? [repeat] : Object.values(asSpec(repeat))
  for (const name of lists.flatMap(asList)) assertField(name, fields)
}

function assertField(field: Json | undefined, fields: Fields): void {
  if (typeof field !== 'string' || fields === undefined) return
  const names = [...fields]
  if (fields.has(unescaped(field)) || fields.has(unescaped(field.split(/(?<!\\)[.[]/)[0]!))) return
  const expected = names.length === 0 ? 'rows in data.values, found none' : `one of ${listed(names, 12)}`
  throw new Error(`Cannot draw field "${field}", expected ${expected}${suggestion(field, names)}`)
}

function fieldsOfData(data: Json | undefined, datasets: Spec): Fields {
  const { values, name } = asSpec(data)
  const rows = values ?? (typeof name === 'string' ? datasets[name] : undefined)
  if (!Array.isArray(rows)) return undefined
  // Vega puts a row that is not an object into the field `data`.
  return new Set(
    rows.flatMap((row) => (typeof row === 'object' && row !== null ? Object.keys(row) : ['data'])),
  )
}

function transformed(fields: Fields, transforms: readonly Json[]): Fields {
  if (fields === undefined || transforms.some((transform) => 'pivot' in asSpec(transform))) return undefined
  return new Set([
    ...fields,
    ...transforms.flatMap((transform) => [...madeUnnamed(transform), ...named(transform)]),
  ])
}

function madeUnnamed(transform: Json): readonly string[] {
  return Object.entries(MADE_UNNAMED).flatMap(([name, fields]) => (name in asSpec(transform) ? fields : []))
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
