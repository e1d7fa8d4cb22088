/** A vega-lite specification, a part of one, or a row of its data. */
export interface Spec {
  readonly [key: string]: unknown
}

/** Gives the type of a view's mark. */
export function typeOf({ mark }: Spec): string {
  return String(typeof mark === 'object' && mark !== null ? (mark as Spec).type : mark)
}

/** Says whether a channel shows a field as a number on a scale. */
export function isQuantitative(channel: unknown): boolean {
  const { field, type, scale, bin, aggregate } = (channel ?? {}) as Spec
  return field !== undefined && type === 'quantitative' && scale !== null && !bin && !aggregate
}

/** Says whether a mark stands at a place in pixels, as legends and images do, or shows no field at all. */
export function isOffScale(encoding: Spec): boolean {
  const channels = Object.values(encoding) as (Spec | null)[]
  if (!channels.some((channel) => channel?.field !== undefined || channel?.aggregate !== undefined))
    return true
  return [encoding.x, encoding.y].some((channel) => (channel as Spec | undefined)?.scale === null)
}

/** Lets the ticks that a chart chose give way to vega's own while it is zoomed: they would stand off its axes. */
export function liveAxes(encoding: Spec): Spec {
  return Object.fromEntries(
    Object.entries(encoding).map(([key, channel]) => [
      key,
      key === 'x' || key === 'y' ? live(channel) : channel,
    ]),
  )
}

function live(channel: unknown): unknown {
  const definition = channel as Spec
  const axis = definition?.axis as Spec | null | undefined
  if (!axis || !Array.isArray(axis.values) || definition.type !== 'quantitative') return channel
  const { values, labelExpr, labelOverlap, format, ...rest } = axis
  const label = typeof labelExpr === 'string' ? labelExpr : 'datum.label'
  const free = /%/.test(label)
    ? "format(100 * datum.value, '.4~g') + '\u00a0%'"
    : "format(datum.value, '.4~g')"
  return {
    ...definition,
    axis: {
      ...rest,
      ...(format === undefined ? {} : { format }),
      values: { expr: `weftZoomed ? null : ${JSON.stringify(values)}` },
      labelExpr: `weftZoomed ? ${free} : ${label}`,
      labelOverlap: { expr: `weftZoomed ? true : ${JSON.stringify(labelOverlap ?? true)}` },
    },
  }
}

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
  if (view.mark !== undefined) return isOffScale(encoding) ? [] : channelsOf(encoding, own)
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
