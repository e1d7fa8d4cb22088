/** As much of a vega specification as zooming needs. */
export interface VegaSpec {
  readonly scales?: readonly VegaScale[]
  readonly marks?: readonly VegaMark[]
  readonly legends?: readonly VegaLegend[]
}

interface VegaScale {
  readonly name: string
  readonly domainRaw?: { readonly signal?: string }
}

interface VegaMark extends VegaSpec {
  readonly type: string
  readonly clip?: unknown
  readonly interactive?: unknown
  readonly encode?: { readonly update?: { readonly [channel: string]: unknown } }
}

interface VegaLegend {
  readonly encode?: { readonly [part: string]: object }
}

/**
 * Gives a copy of a compiled specification whose marks stay in their panel while `weftZoomed`, and whose legends
 * can be pressed. Until then lines end as they are drawn, beyond the axes by half their width.
 */
export function zoomableVega<Spec extends VegaSpec>(spec: Spec): Spec {
  return {
    ...spec,
    ...(spec.marks ? { marks: spec.marks.map(clipped) } : {}),
    ...(spec.legends ? { legends: spec.legends.map(pressable) } : {}),
  }
}

function clipped(mark: VegaMark): VegaMark {
  // Where one panel has a selection, vega-lite lets the pointer pass through the legend.
  const { interactive, ...inner } = zoomableVega(mark)
  const { x, y } = inner.encode?.update ?? {}
  const isOnScales = [x, y].every((channel) => JSON.stringify(channel ?? '').includes('"scale"'))
  return mark.clip || mark.type === 'group' || mark.type === 'text' || !isOnScales
    ? inner
    : { ...inner, clip: { signal: 'weftZoomed' } }
}

function pressable(legend: VegaLegend): VegaLegend {
  const parts = ['symbols', 'labels'].map((part) => [part, { ...legend.encode?.[part], interactive: true }])
  return { ...legend, encode: { ...legend.encode, ...Object.fromEntries(parts) } }
}

/** Lists the scales that zooming moves, each with the signal that holds its domain. */
export function zoomScales({ scales = [], marks = [] }: VegaSpec): { scale: string; signal: string }[] {
  const own = scales.flatMap(({ name, domainRaw }) => {
    const signal = /^(weftZoom\d+)(?:\["([^"]+)"\]|\.(\w+))$/.exec(domainRaw?.signal ?? '')
    return signal ? [{ scale: name, signal: `${signal[1]}_${signal[2] ?? signal[3]}` }] : []
  })
  return [...own, ...marks.flatMap(zoomScales)]
}
