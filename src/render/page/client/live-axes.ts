import type { Spec } from './spec.ts'

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
