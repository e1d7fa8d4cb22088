import { z } from 'zod'
import type { Context } from '../experiment.ts'
import { defineExperiment } from '../experiment.ts'
import type { Session, Step } from '../graph/index.ts'
import { openSession, placeholder, reduceSum, value, variable } from '../graph/index.ts'
import { namedOptimizer, optimizerNames, optimizerSettings } from './named-optimizer.ts'
import { restart } from './restart.ts'
import { surfaceNames, surfaces } from './surfaces.ts'

type Point = readonly [number, number]

/**
 * Runs an optimizer on a surface once at each of `rates`, and keeps the run that first comes within `radius` of the
 * minimum and stays there: its `rate`, its number of `steps` and its `path`, including start and end. Gives null if no
 * run arrives within `most` steps. Nothing is random.
 */
export const descents = defineExperiment({
  name: 'descents',
  params: z.strictObject({
    surface: z.enum(surfaceNames),
    optimizer: z.enum(optimizerNames),
    settings: optimizerSettings,
    rates: z.array(z.number().positive()).min(1),
    most: z.int().positive().default(300),
    radius: z.number().positive().default(0.1),
  }),
  async run({ surface, optimizer, settings, rates, most, radius }, context) {
    const { heights, start, minimum } = surfaces[surface]
    // 1. The surface as a graph, and one step of the optimizer on it.
    const point = variable('point', value(Float32Array.from(start), [1, 2]))
    const loss = reduceSum(heights(point))
    const step = namedOptimizer(optimizer, placeholder('rate', []), settings).minimize(loss)
    const session = openSession(context.engine)
    try {
      let best: { rate: number; steps: number; path: Point[] } | null = null
      for (const [index, rate] of rates.entries()) {
        // 2. Walk at each rate, and keep the fastest walk that arrives and stays.
        const path = await walk(session, step, { rate, most }, context)
        const steps = arrival(path, minimum, radius)
        if (steps < path.length && (best === null || steps < best.steps))
          best = { rate, steps, path: path.slice(0, steps + 1) }
        context.progress({ epoch: index + 1, epochs: rates.length })
      }
      return { best, minimum: [...minimum] }
    } finally {
      await session.close()
    }
  },
})

/** Gives the first step from which all points stay within `radius` of the minimum; if none, the path's length. */
export function arrival(path: readonly Point[], [x, y]: Point, radius: number): number {
  return path.findLastIndex((point) => !(Math.hypot(point[0] - x, point[1] - y) < radius)) + 1
}

/** Runs the optimizer from the start at one rate, for at most `most` steps; gives the points, the start first. */
async function walk(
  session: Session,
  step: Step,
  { rate, most }: { readonly rate: number; readonly most: number },
  { signal }: Context,
): Promise<Point[]> {
  const all = step.updates.map(([, next]) => next)
  const at = step.updates.findIndex(([{ name }]) => name === 'point')
  restart(session, step)
  const path = [pointOf(step.updates[at]![0].value!.data)]
  for (let count = 0; count < most; count++) {
    signal.throwIfAborted()
    const next = await session.run(all, { rate })
    for (const [index, [each]] of step.updates.entries()) session.write(each, next[index]!)
    path.push(pointOf(next[at]!.data))
    // A diverged run does not come back.
    if (!path.at(-1)!.every((each) => Math.abs(each) < 1e6)) break
  }
  return path
}

/** Gives the two coordinates of a variable. */
function pointOf(data: ArrayLike<number>): Point {
  return [rounded(data[0]!), rounded(data[1]!)]
}

// Four decimals are enough for a drawing. Adding 0 turns -0 into 0, because JSON has no -0.
function rounded(x: number): number {
  return Math.round(x * 1e4) / 1e4 + 0
}
