import type { Node } from './node.ts'
import { drawMask } from './ops/dropout.ts'
import { withBatch } from './shape.ts'

/** Draws the Dropout masks of one session. */
interface Masks {
  /**
   * Gives the elements of each mask, `[steps, ...its shape]`, for the next steps. They are valid until the next call,
   * which uses the same memory.
   */
  draw(
    masks: readonly Node[],
    next: { readonly steps: number; readonly batchSize: number },
  ): Map<Node, Uint8Array>
  /** Frees the memory. */
  close(): void
}

/** Counts steps over all trainings of a session, because every step draws its own masks. */
export function openMasks(): Masks {
  // Fresh memory would take half as long as drawing itself.
  const kept = new Map<Node, Uint8Array>()
  const memory = (mask: Node, length: number) => {
    const known = kept.get(mask)
    const whole = known && known.length >= length ? known : new Uint8Array(length)
    kept.set(mask, whole)
    return whole.subarray(0, length)
  }
  let done = 0
  return {
    draw(masks, { steps, batchSize }) {
      const first = done
      if (masks.length > 0) done += steps
      return new Map(
        masks.map((mask, place) => {
          const length = withBatch(mask.shape, batchSize).reduce((product, each) => product * each, 1)
          const drawn = memory(mask, steps * length)
          for (let step = 0; step < steps; step++)
            drawMask(mask, first + step, drawn.subarray(step * length, (step + 1) * length), place)
          return [mask, drawn]
        }),
      )
    },
    close: () => kept.clear(),
  }
}
