import assert from 'node:assert/strict'
import test from 'node:test'
import { dropout, placeholder } from '../../../src/experiments/graph/index.ts'
import { openMasks } from '../../../src/experiments/graph/masks.ts'
import type { Node } from '../../../src/experiments/graph/node.ts'
import { inOrder } from '../../../src/experiments/graph/node.ts'
import { drawMask, isMask } from '../../../src/experiments/graph/ops/dropout.ts'

const x = placeholder('x', [null, 3])
const masks = inOrder([dropout(dropout(x, { rate: 0.5, seed: 1 }), { rate: 0.2, seed: 2 })]).filter(isMask)

test('openMasks', async (t) => {
  await t.test('should draw one mask after another, also for smaller batches and in later pieces', () => {
    const drawn = openMasks()
    let step = 0
    for (const { steps, batchSize } of [
      { steps: 2, batchSize: 5 },
      { steps: 1, batchSize: 2 },
      { steps: 3, batchSize: 5 },
    ]) {
      const found = drawn.draw(masks, { steps, batchSize })
      for (const [place, mask] of masks.entries())
        assert.deepEqual([...found.get(mask)!], expected(mask, { first: step, steps, batchSize, place }))
      step += steps
    }
    assert.equal(masks.length, 2)
  })

  await t.test('should count no step of a graph without masks', () => {
    const drawn = openMasks()
    assert.equal(drawn.draw([], { steps: 4, batchSize: 5 }).size, 0)
    const found = drawn.draw(masks, { steps: 1, batchSize: 5 })
    assert.deepEqual(
      [...found.get(masks[0]!)!],
      expected(masks[0]!, { first: 0, steps: 1, batchSize: 5, place: 0 }),
    )
  })

  await t.test('should draw the same after its memory was freed', () => {
    const [one, other] = [openMasks(), openMasks()]
    for (const drawn of [one, other]) drawn.draw(masks, { steps: 2, batchSize: 5 })
    one.close()
    const next = { steps: 1, batchSize: 5 }
    assert.deepEqual(one.draw(masks, next), other.draw(masks, next))
  })
})

interface Drawing {
  readonly first: number
  readonly steps: number
  readonly batchSize: number
  readonly place: number
}

/** Draws the masks of some steps, each into memory of its own. */
function expected(mask: Node, { first, steps, batchSize, place }: Drawing): number[] {
  return Array.from({ length: steps }, (_, step) => {
    const elements = new Uint8Array(3 * batchSize)
    drawMask(mask, first + step, elements, place)
    return [...elements]
  }).flat()
}
