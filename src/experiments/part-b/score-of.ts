import { argMax } from '../classes/class-score.ts'

/**
 * Scores predictions in double precision: mean cross entropy in nats, and the share of images whose class has the
 * largest probability.
 * @param probabilities `[count, classes]`; a probability below 1e-7 counts as 1e-7, as in Keras
 * @param truths `[count]`
 */
export function scoreOf(
  probabilities: Float32Array,
  truths: Uint8Array,
): { readonly count: number; readonly loss: number; readonly accuracy: number } {
  const count = truths.length
  const classes = probabilities.length / count
  let loss = 0
  let right = 0
  for (let index = 0; index < count; index++) {
    const row = probabilities.subarray(index * classes, (index + 1) * classes)
    loss -= Math.log(Math.max(row[truths[index]!]!, 1e-7))
    if (argMax(row) === truths[index]) right++
  }
  return { count, loss: loss / count, accuracy: right / count }
}
