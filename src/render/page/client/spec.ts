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
export function isPlaced(encoding: Spec): boolean {
  const channels = Object.values(encoding) as (Spec | null)[]
  if (!channels.some((channel) => channel?.field !== undefined || channel?.aggregate !== undefined))
    return true
  return [encoding.x, encoding.y].some((channel) => (channel as Spec | undefined)?.scale === null)
}
