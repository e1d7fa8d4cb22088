import { z } from 'zod'
import { defineExperiment } from '../experiment.ts'
import { openSession, placeholder } from '../graph/index.ts'
import { surfaceNames, surfaces } from './surfaces.ts'

const range = z.tuple([z.number(), z.number()]).refine(([low, high]) => low < high, 'expected [low, high]')

/** Computes heights on a grid `[rows][columns]` over `x` and `y`, ends included; the first row has the lowest y. */
export const surfaceHeights = defineExperiment({
  name: 'surfaceHeights',
  params: z.strictObject({
    surface: z.enum(surfaceNames),
    x: range,
    y: range,
    columns: z.int().min(2).default(61),
    rows: z.int().min(2).default(41),
  }),
  async run({ surface, x, y, columns, rows }, context) {
    // 1. The surface as a graph of its points.
    const points = placeholder('points', [null, 2])
    const heights = surfaces[surface].heights(points)
    const at = ([low, high]: readonly [number, number], index: number, count: number) =>
      low + ((high - low) * index) / (count - 1)
    const grid = Array.from({ length: rows * columns }, (_, index) => [
      at(x, index % columns, columns),
      at(y, Math.floor(index / columns), rows),
    ])
    // 2. Evaluate all points of the grid at once.
    const session = openSession(context.engine)
    try {
      const { data } = await session.run(heights, { points: Float32Array.from(grid.flat()) })
      const all = Array.from(data, (height) => Number(height.toPrecision(5)))
      return Array.from({ length: rows }, (_, row) => all.slice(row * columns, (row + 1) * columns))
    } finally {
      await session.close()
    }
  },
})
