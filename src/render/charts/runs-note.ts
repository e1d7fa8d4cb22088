import type { Json } from '../model/types.ts'
import { wrapped } from './text-room.ts'
import { COLUMN_WIDTH_PX, GREY } from './theme.ts'

/** A point of a chart; `runs` counts the runs that it is a mean of. */
interface Counted {
  readonly runs?: number
}

/** Leaves out the numbers of runs if they say nothing, because they are the same everywhere. */
export function withoutEqualRuns<Point extends Counted>(lists: readonly (readonly Point[])[]): Point[][] {
  const counts = new Set(lists.flatMap((points) => points.flatMap(({ runs }) => runs ?? [])))
  return lists.map((points) => points.map((point) => (counts.size > 1 ? point : withoutRuns(point))))
}

function withoutRuns<Point extends Counted>(point: Point): Point {
  const { runs, ...rest } = point
  return rest as Point
}

/** The channel that shows the number of runs where a reader points at a mark, and in the data of the figure. */
export function runsChannel(points: readonly Counted[]): { readonly tooltip?: Json } {
  if (points.every(({ runs }) => runs === undefined)) return {}
  return { tooltip: { field: 'runs', type: 'quantitative', title: 'Runs' } }
}

/** The last epoch that so many runs reached. */
interface Stretch {
  readonly runs: number
  readonly last: number
}

// More would be a table, which the figure's data are.
const mostStretches = 4

/**
 * Gives the line below learning curves that says how many runs are behind their means, as a title at the bottom;
 * nothing if all means are of equally many.
 * @param panels the points of each configuration
 */
export function epochsNote(panels: readonly (readonly (Counted & { readonly epoch: number })[])[]): {
  readonly title?: Json
} {
  const stretches = panels.map(stretchesOf)
  const all = stretches.flat().map(({ runs }) => runs)
  const [least, most] = [Math.min(...all), Math.max(...all)]
  if (all.length === 0 || least === most) return {}
  const isFalling = stretches.every(
    (list) =>
      list.length === 0 ||
      (list[0]!.runs === most && list.every(({ runs }, at) => at === 0 || runs < list[at - 1]!.runs)),
  )
  if (!isFalling) return runsNote(least, most)
  const [only] = stretches
  if (stretches.length > 1 || only!.length > mostStretches) {
    return note(`Means of the runs that reached an epoch: ${most} at first, at least ${least} at the end.`)
  }
  const [first, ...rest] = only!.map(({ runs, last }) => `of ${textOf(runs)} up to epoch ${last}`)
  return note(`Means ${[first, ...rest].join(', ')}.`)
}

/** Gives the line below a chart whose points are means of different numbers of runs, which says how many. */
export function runsNote(least: number, most: number): { readonly title: Json } {
  return note(`Means of ${least} to ${most} runs.`)
}

function textOf(runs: number): string {
  return runs === 1 ? 'one run' : `${runs} runs`
}

function stretchesOf(points: readonly (Counted & { readonly epoch: number })[]): Stretch[] {
  const byEpoch = new Map<number, number>()
  for (const { epoch, runs } of points)
    if (runs !== undefined) byEpoch.set(epoch, Math.min(runs, byEpoch.get(epoch) ?? runs))
  const stretches: Stretch[] = []
  for (const [last, runs] of [...byEpoch].sort(([a], [b]) => a - b)) {
    if (stretches.at(-1)?.runs === runs) stretches[stretches.length - 1] = { runs, last }
    else stretches.push({ runs, last })
  }
  return stretches
}

function note(text: string): { readonly title: Json } {
  const place = { orient: 'bottom', anchor: 'start', frame: 'bounds', offset: 10 }
  const look = { fontSize: 10, fontWeight: 400, color: GREY }
  return { title: { text: wrapped(text, COLUMN_WIDTH_PX - 4), ...place, ...look } }
}
