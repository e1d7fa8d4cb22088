type Point = readonly [x: number, y: number]

/** One crossing of the level with an edge of the grid, by the edge's name. */
type Crossings = Map<string, Point>

/**
 * Finds the lines where a grid of heights `[rows][columns]` has a level, by marching squares: lists of points
 * [column, row]; a closed line repeats its first point at the end. Heights are interpolated linearly along each edge
 * of the grid.
 */
export function contourLines(heights: readonly (readonly number[])[], level: number): Point[][] {
  const crossings: Crossings = new Map()
  const next = new Map<string, string[]>()
  const join = (a: string, b: string) => {
    next.set(a, [...(next.get(a) ?? []), b])
    next.set(b, [...(next.get(b) ?? []), a])
  }
  for (let row = 0; row + 1 < heights.length; row++)
    for (let column = 0; column + 1 < heights[row]!.length; column++)
      for (const [a, b] of segments(heights, level, { row, column }, crossings)) join(a, b)
  // Follow lines that end at the border first: the remaining lines are closed.
  const ends = [...next].filter(([, neighbours]) => neighbours.length === 1).map(([edge]) => edge)
  const seen = new Set<string>()
  return [...ends, ...next.keys()]
    .filter((edge) => !seen.has(edge))
    .flatMap((edge) => (seen.has(edge) ? [] : [follow(edge, next, seen)]))
    .map((line) => line.map((edge) => crossings.get(edge)!))
}

function follow(first: string, next: ReadonlyMap<string, readonly string[]>, seen: Set<string>): string[] {
  const line = [first]
  seen.add(first)
  for (;;) {
    const found = next.get(line.at(-1)!)!.find((edge) => !seen.has(edge))
    if (found === undefined) break
    seen.add(found)
    line.push(found)
  }
  const isClosed = line.length > 2 && next.get(first)!.includes(line.at(-1)!) && next.get(first)!.length > 1
  return isClosed ? [...line, first] : line
}

function segments(
  heights: readonly (readonly number[])[],
  level: number,
  { row, column }: { readonly row: number; readonly column: number },
  crossings: Crossings,
): [string, string][] {
  const edge = (kind: 'along' | 'up', c: number, r: number): string | undefined => {
    const [endC, endR] = kind === 'along' ? [c + 1, r] : [c, r + 1]
    const [from, to] = [heights[r]![c]!, heights[endR]![endC]!]
    if (from >= level === to >= level) return undefined
    const name = `${kind} ${c} ${r}`
    const share = (level - from) / (to - from)
    crossings.set(name, [c + share * (endC - c), r + share * (endR - r)])
    return name
  }
  const bottom = edge('along', column, row)
  const top = edge('along', column, row + 1)
  const left = edge('up', column, row)
  const right = edge('up', column + 1, row)
  const crossed = [bottom, right, top, left].filter((name) => name !== undefined)
  if (crossed.length === 2) return [[crossed[0]!, crossed[1]!]]
  if (crossed.length < 4) return []
  // A saddle: its middle decides which corners belong together.
  const corners = [row, row + 1].flatMap((r) => [heights[r]![column]!, heights[r]![column + 1]!])
  const isMiddleHigh = corners.reduce((sum, each) => sum + each, 0) / 4 >= level
  return isMiddleHigh === corners[0]! >= level
    ? [
        [bottom!, right!],
        [left!, top!],
      ]
    : [
        [bottom!, left!],
        [right!, top!],
      ]
}
