/** Gives one shortest circle for each knot of files that reach each other: `[a, b]` for a -> b -> a. */
export function findCircles(arrows: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = []
  const inOne = new Set<string>()
  for (const start of arrows.keys()) {
    if (inOne.has(start)) continue
    const circle = shortestCircle(start, arrows)
    if (circle === undefined) continue
    circles.push(circle)
    // The rest of a knot is reported once this circle is cut.
    for (const file of knotOf(start, arrows)) inOne.add(file)
  }
  return circles
}

function shortestCircle(start: string, arrows: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const before = reachedFrom(start, arrows)
  const last = [...before.keys()].find((file) => arrows.get(file)?.includes(start))
  if (last === undefined) return undefined
  const circle = [last]
  while (circle[0] !== start) circle.unshift(before.get(circle[0]!)!)
  return circle
}

function knotOf(start: string, arrows: ReadonlyMap<string, readonly string[]>): string[] {
  return [...reachedFrom(start, arrows).keys()].filter((file) => reachedFrom(file, arrows).has(start))
}

/** Every file that the start reaches, nearest first, with the file that it was reached from; the start itself first. */
function reachedFrom(start: string, arrows: ReadonlyMap<string, readonly string[]>): Map<string, string> {
  const before = new Map([[start, start]])
  // A map's walk goes on to what is added meanwhile.
  for (const [file] of before)
    for (const next of arrows.get(file) ?? []) if (!before.has(next)) before.set(next, file)
  return before
}
