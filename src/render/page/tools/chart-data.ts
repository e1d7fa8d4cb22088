import type { Figure, Json } from '../../model/types.ts'
import {
  type ChartUnit,
  chartUnits,
  isOffScale,
  isRecord,
  type Record,
  titleOfChannel,
} from './chart-units.ts'
import type { DataTable } from './data-table.ts'

/**
 * Gives the data that a vega-lite specification draws, all its panels as one table; undefined where it has none.
 * Of image grids that are the labels. What only places or styles a mark is left out.
 */
export function chartData(spec: Figure['spec']): DataTable | undefined {
  if (Array.isArray(spec.marks)) return vegaData(spec)
  const units = chartUnits(spec)
  const sets = dataSets(units.filter((unit) => !isOffScale(unit) && unit.rows.length > 0))
  return sets.length === 0 ? gridData(units) : joined(sets)
}

// Vega's data sets have names; which marks draw them, and after what transforms, only vega can tell.
function vegaData({ data }: Figure['spec']): DataTable | undefined {
  const sets = (Array.isArray(data) ? data : []).filter(isRecord).flatMap(({ name, values }): DataSet[] => {
    const rows = Array.isArray(values) ? values.map((row) => (isRecord(row) ? row : { data: row })) : []
    const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    return rows.length === 0 ? [] : [{ rows, fields, titles: new Map(), panel: String(name), measure: '' }]
  })
  return sets.length === 0 ? undefined : joined(sets)
}

interface DataSet {
  readonly rows: readonly Record[]
  readonly fields: readonly string[]
  /** Field -> the title of its axis. */
  readonly titles: ReadonlyMap<string, string>
  readonly panel: string
  readonly measure: string
}

function dataSets(units: readonly ChartUnit[]): DataSet[] {
  const groups = new Map<readonly Record[], ChartUnit[]>()
  for (const unit of units) groups.set(unit.rows, [...(groups.get(unit.rows) ?? []), unit])
  return [...groups].map(([rows, marks]) => ({
    rows,
    fields: fieldsOf(rows, marks),
    titles: titlesOf(marks),
    panel: marks[0]!.panel,
    measure: marks[0]!.measure,
  }))
}

// The ends of a bar that an axis cuts off stand for those of the interval.
const ends: { readonly [field: string]: string } = { from: 'low', to: 'high' }

function fieldsOf(rows: readonly Record[], marks: readonly ChartUnit[]): string[] {
  const all = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  if (marks.some(({ isComputed }) => isComputed)) return all
  const shown = new Set(marks.flatMap(({ encoding, facets }) => [...facets, ...encodedFields(encoding)]))
  for (const [field, whole] of Object.entries(ends)) {
    if (shown.has(field) && all.includes(whole)) shown.delete(field) && shown.add(whole)
  }
  return all.filter((field) => shown.has(field))
}

function encodedFields(encoding: Record): string[] {
  return Object.entries(encoding).flatMap(([channel, definition]) => {
    const isStyle = isRecord(definition) && definition.scale === null
    if (!isRecord(definition) || isStyle || channel === 'detail' || channel === 'order') return []
    return typeof definition.field === 'string' ? [definition.field] : []
  })
}

// The line says what is measured, not the ends of the band about it.
function titlesOf(marks: readonly ChartUnit[]): Map<string, string> {
  const titles = new Map<string, string>()
  for (const { encoding } of marks) {
    for (const channel of Object.values(encoding)) {
      if (!isRecord(channel) || typeof channel.field !== 'string') continue
      const title = titleOfChannel(channel)
      const isEnd = ['low', 'high', ...Object.keys(ends)].includes(channel.field)
      if (title !== '' && !isEnd && !titles.has(channel.field)) titles.set(channel.field, title)
    }
  }
  return titles
}

function joined(sets: readonly DataSet[]): DataTable {
  const fields = [...new Set(sets.flatMap((set) => set.fields))]
  const hasPanels = differ(sets.map(({ panel }) => panel))
  const hasMeasures = differ(sets.map(({ measure }) => measure))
  const names = [...(hasPanels ? ['panel'] : []), ...(hasMeasures ? ['measure'] : [])]
  const rows = sets.flatMap((set) => {
    const shared = [...(hasPanels ? [set.panel] : []), ...(hasMeasures ? [set.measure] : [])]
    return set.rows.map((row) => [...shared, ...fields.map((field): Json => row[field] ?? null)])
  })
  return { columns: [...names, ...headings(fields, sets)], rows }
}

// A field has its title where all panels agree on it, and no two columns have one name.
function headings(fields: readonly string[], sets: readonly DataSet[]): string[] {
  const found = fields.map((field) => {
    const titles = new Set(
      sets.filter((set) => set.fields.includes(field)).map((set) => set.titles.get(field)),
    )
    return (titles.size === 1 && [...titles][0]) || field
  })
  return found.map((title, index) =>
    found.indexOf(title) === found.lastIndexOf(title) ? title : fields[index]!,
  )
}

function differ(names: readonly string[]): boolean {
  return new Set(names).size > 1
}

/** Lists the images of a grid with the labels below them and the groups at their left; never their pixels. */
function gridData(units: readonly ChartUnit[]): DataTable | undefined {
  const [grid] = units
    .filter(({ mark }) => mark.type === 'image')
    .sort((a, b) => b.rows.length - a.rows.length)
  if (!grid) return undefined
  const heightPx = Number(grid.mark.height ?? 0)
  const texts = units.filter(({ mark }) => mark.type === 'text')
  const labels = texts.filter(({ mark }) => mark.align === 'center').flatMap(({ rows }) => rows)
  const groups = texts.filter(({ mark }) => mark.align === 'right').flatMap(({ rows }) => rows)
  const found = grid.rows.map((image) => ({
    label: labelText(labels.find((label) => isBelow(label, image, heightPx))),
    group: labelText(groups.findLast((group) => Number(group.y) <= Number(image.y) + heightPx)),
  }))
  const columns = (['group', 'label'] as const).filter((key) => found.some((row) => row[key] !== ''))
  if (columns.length === 0) return undefined
  return {
    columns: ['image', ...columns],
    rows: found.map((row, index) => [index + 1, ...columns.map((key) => row[key])]),
  }
}

function isBelow(label: Record, image: Record, heightPx: number): boolean {
  const gapPx = Number(label.y) - Number(image.y) - heightPx
  return Math.abs(Number(label.x) - Number(image.x)) < 1 && gapPx >= 0 && gapPx < 10
}

function labelText(row: Record | undefined): string {
  return String(row?.text ?? '').replace(/\n/g, ' ')
}
