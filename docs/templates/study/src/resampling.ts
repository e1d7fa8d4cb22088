import { defineExperiment } from 'weft/experiment'
import { z } from 'zod'
import points from '../data/anscombe.csv'
import { summaryOf } from './summary.ts'

/** Draws the points of a set again, with replacement, and fits a line to each draw: how sure is the slope? */
export const resampling = defineExperiment({
  name: 'resampling',
  params: z.strictObject({ set: z.string(), draws: z.int().positive() }),
  run({ set, draws }, { seed }) {
    const random = randomOf(seed)
    const own = points.filter((point) => point.set === set)
    const slopes: number[] = []
    while (slopes.length < draws) {
      const drawn = own.map(() => own[Math.floor(random() * own.length)]!)
      // A draw of one x alone has no slope; it is drawn again.
      if (new Set(drawn.map(({ x }) => x)).size > 1) slopes.push(summaryOf(drawn).slope)
    }
    slopes.sort((one, other) => one - other)
    const at = (share: number) => slopes[Math.floor(share * (draws - 1))]!
    return { low: at(0.05), middle: at(0.5), high: at(0.95) }
  },
})

/** Gives numbers from 0 to 1 that depend on the seed alone (mulberry32). `Math.random` gives others in each run. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}
