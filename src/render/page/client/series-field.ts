import { isPlaced, type Spec } from './spec.ts'

/** The field that tells series apart, and their names in the order of the legend. */
export interface SeriesField {
  readonly field: string
  readonly names: readonly string[]
}

/** Finds the series of a specification by the channel that colours, dashes or shapes them; undefined below two. */
export function seriesField(spec: Spec): SeriesField | undefined {
  const [first] = found(spec, {}, [])
  return first && first.names.length > 1 ? first : undefined
}

/** Writes the expression of vega that tells whether a row is of a series that a reader sees; names are texts. */
export function isShown({ field }: SeriesField): string {
  return `weftShown === null || indexof(weftShown, '' + datum[${JSON.stringify(field)}]) >= 0`
}

function found(view: Spec, inherited: Spec, rows: readonly Spec[]): SeriesField[] {
  const data = view.data as { readonly values?: unknown } | undefined
  const own = Array.isArray(data?.values) ? (data.values as Spec[]) : rows
  const encoding: Spec = { ...inherited, ...(view.encoding as Spec | undefined) }
  if (view.mark !== undefined) return isPlaced(encoding) ? [] : channelsOf(encoding, own)
  const views = ['layer', 'concat', 'hconcat', 'vconcat'].flatMap(
    (key) => (view[key] as Spec[] | undefined) ?? [],
  )
  return views.flatMap((one) => found(one, encoding, own))
}

function channelsOf(encoding: Spec, rows: readonly Spec[]): SeriesField[] {
  return ['color', 'stroke', 'fill', 'strokeDash', 'shape'].flatMap((key) => {
    const channel = encoding[key] as Spec | undefined
    const { field, type, scale } = channel ?? {}
    if (typeof field !== 'string' || !['nominal', 'ordinal'].includes(String(type)) || scale === null)
      return []
    const domain = (scale as Spec | undefined)?.domain
    const names = Array.isArray(domain) ? domain : rows.map((row) => row[field])
    return [{ field, names: [...new Set(names.map(String))] }]
  })
}
