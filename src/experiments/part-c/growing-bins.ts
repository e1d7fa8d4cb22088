/**
 * Cuts steps 1 to `steps` into ranges [first, last], each ending half as far again as the one before: what happens
 * early is kept apart, what happens late is averaged.
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
