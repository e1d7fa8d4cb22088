/**
 * Splits steps 1 to `steps` into ranges [first, last]. Each range ends half as far again as the one before, so that
 * early steps stay separate and late ones are averaged.
 */
export function growingBins(steps: number): [first: number, last: number][] {
  const bins: [number, number][] = []
  for (let first = 1; first <= steps; ) {
    const last = Math.min(steps, Math.max(first, Math.round((first - 1) * 1.5)))
    bins.push([first, last])
    first = last + 1
  }
  return bins
}
