import type { Figure, Json } from '../../model/types.ts'

/** A member of a specification. */
export type Record = { readonly [key: string]: Json }

/** One mark of a specification with what it inherits: rows, encoding, and the names of its panel. */
export interface ChartUnit {
  readonly mark: Record
  readonly encoding: Record
  readonly rows: readonly Record[]
  /** Whether fields are computed from rows, so that the encoding names other fields than the rows have. */
  readonly isComputed: boolean
  readonly panel: string
  readonly measure: string
  /** Fields that make panels of rows. */
  readonly facets: readonly string[]
}

interface Inherited extends Omit<ChartUnit, 'mark'> {}

const nothing: Inherited = {
  ...{ encoding: {}, rows: [], isComputed: false, panel: '', measure: '', facets: [] },
}

/** Lists the marks of a vega-lite specification in the order in which they are drawn. */
export function chartUnits(spec: Figure['spec']): readonly ChartUnit[] {
  return unitsOf(spec, nothing)
}

function unitsOf(view: Record, inherited: Inherited): ChartUnit[] {
  const own = inherit(view, inherited)
  const mark = view.mark
  if (mark !== undefined) return [{ ...own, mark: isRecord(mark) ? mark : { type: mark } }]
  if (Array.isArray(view.layer)) return records(view.layer).flatMap((layer) => unitsOf(layer, own))
  if (isRecord(view.spec)) return unitsOf(view.spec, own)
  for (const key of ['concat', 'hconcat', 'vconcat']) {
    if (Array.isArray(view[key])) return panelUnits(records(view[key]), columnsOf(view, key), own)
  }
  return []
}

function inherit(view: Record, inherited: Inherited): Inherited {
  const values = isRecord(view.data) ? view.data.values : undefined
  const computes = records(view.transform).some((transform) => !('filter' in transform))
  return {
    encoding: isRecord(view.encoding) ? { ...inherited.encoding, ...view.encoding } : inherited.encoding,
    rows: values === undefined ? inherited.rows : rowsOf(values),
    isComputed: inherited.isComputed || computes || 'repeat' in view,
    panel: titleOfView(view) || inherited.panel,
    measure: measureOf(view) || inherited.measure,
    facets: [...inherited.facets, ...facetsOf(view.facet)],
  }
}

// Only the uppermost panels of a grid have a title, and only its first column names the measure.
function panelUnits(views: readonly Record[], columns: number, own: Inherited): ChartUnit[] {
  const titles: string[] = []
  const measures: string[] = []
  return views.flatMap((view, index) => {
    titles[index] = titleOfView(view) || (titles[index - columns] ?? '')
    measures[index] = measureOf(view) || (index % columns > 0 ? measures[index - 1]! : '')
    const named = {
      ...own,
      panel: titles[index] || own.panel,
      measure: measures[index] || own.measure,
    }
    return unitsOf(view, named)
  })
}

function columnsOf(view: Record, key: string): number {
  if (key === 'vconcat') return 1
  const length = (view[key] as readonly Json[]).length
  return key === 'concat' && typeof view.columns === 'number' ? view.columns : length
}

function titleOfView({ title, layer }: Record): string {
  const own = inOneLine(isRecord(title) ? title.text : title)
  if (own !== '') return own
  const heading = records(layer).find(({ mark }) => isRecord(mark) && mark.type === 'text' && mark.text)
  return heading ? inOneLine((heading.mark as Record).text) : ''
}

function measureOf(view: Record): string {
  const encodings = [view, ...records(view.layer)].map(({ encoding }) => encoding)
  const titles = encodings.map((encoding) => (isRecord(encoding) ? titleOfChannel(encoding.y) : ''))
  return titles.find((title) => title !== '') ?? ''
}

/** Gives the title that an encoding gives its field, in one line; '' where there is none. */
export function titleOfChannel(channel: Json | undefined): string {
  if (!isRecord(channel)) return ''
  const axis = isRecord(channel.axis) ? channel.axis.title : undefined
  return inOneLine(channel.title) || inOneLine(axis)
}

function inOneLine(text: Json | undefined): string {
  if (Array.isArray(text)) return text.map(String).join(' ')
  return typeof text === 'string' ? text : ''
}

function facetsOf(facet: Json | undefined): string[] {
  if (!isRecord(facet)) return []
  const channels = typeof facet.field === 'string' ? [facet] : Object.values(facet)
  return channels.flatMap((one) => (isRecord(one) && typeof one.field === 'string' ? [one.field] : []))
}

const tables = new WeakMap<object, readonly Record[]>()

// Marks that share data share their rows, by which they are told to belong together.
function rowsOf(values: Json): readonly Record[] {
  if (!Array.isArray(values)) return []
  const known = tables.get(values)
  if (known) return known
  const rows = values.map((row) => (isRecord(row) ? row : { data: row }))
  tables.set(values, rows)
  return rows
}

/** Says whether a value is an object with members. */
export function isRecord(value: Json | undefined): value is Record {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function records(value: Json | undefined): Record[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

/** Says whether a mark is placed in pixels, as legends and images are, or stands for no data at all. */
export function isOffScale({ encoding, isComputed, mark }: ChartUnit): boolean {
  const channels = Object.values(encoding).filter(isRecord)
  if (channels.length === 0) return !isComputed
  const places = [encoding.x, encoding.y].filter(isRecord)
  return mark.type === 'image' || places.some(({ scale }) => scale === null)
}
