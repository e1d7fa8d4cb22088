import assert from 'node:assert/strict'
import test from 'node:test'
import type { ClassImages } from '../../../src/experiments/classes/class-images.ts'
import { argMax, classScore, wrongest } from '../../../src/experiments/classes/class-score.ts'

/** Makes images of one pixel from their true classes; the pixel is the number of the image. */
function imagesOf(...truths: readonly number[]): ClassImages {
  return {
    pixels: Float32Array.from(truths, (_, index) => index / 255),
    labels: new Float32Array(truths.length * 3),
    classes: Uint8Array.from(truths),
    count: truths.length,
  }
}

test('argMax', async (t) => {
  await t.test('should find the largest element', () => {
    assert.equal(argMax(Float32Array.of(0.2, 0.5, 0.3)), 1)
    assert.equal(argMax(Float32Array.of(-3, -2, -1)), 2)
    assert.equal(argMax(Float32Array.of(7)), 0)
  })

  await t.test('should take the first of equal ones', () => {
    assert.equal(argMax(Float32Array.of(0.2, 0.4, 0.4)), 1)
    assert.equal(argMax(Float32Array.of(0.25, 0.25, 0.25, 0.25)), 0)
  })
})

test('classScore', async (t) => {
  await t.test('should count true classes by row and predictions by column', () => {
    const probabilities = Float32Array.of(...[0.8, 0.1, 0.1], ...[0.1, 0.2, 0.7], ...[0.6, 0.3, 0.1])
    assert.deepEqual(classScore(probabilities, imagesOf(0, 0, 1), 3), {
      confusion: [
        [1, 0, 1],
        [1, 0, 0],
        [0, 0, 0],
      ],
      // The last class has no image, so its recall is 0.
      recall: [1 / 2, 0, 0],
    })
  })
})

test('wrongest', async (t) => {
  // The images 0, 2, 3 and 4 are mistakes; 2 and 4 have the same confidence.
  const probabilities = Float32Array.of(
    ...[0.25, 0.5, 0.25],
    ...[0.875, 0.125, 0],
    ...[0, 0.25, 0.75],
    ...[1, 0, 0],
    ...[0.75, 0.125, 0.125],
  )
  const images = imagesOf(0, 0, 1, 2, 2)

  await t.test('should give only mistakes, the most confident first, equal ones in their order', () => {
    assert.deepEqual(wrongest(probabilities, images, 9), [
      { truth: 2, predicted: 0, confidence: 1, pixels: [3] },
      { truth: 1, predicted: 2, confidence: 0.75, pixels: [2] },
      { truth: 2, predicted: 0, confidence: 0.75, pixels: [4] },
      { truth: 0, predicted: 1, confidence: 0.5, pixels: [0] },
    ])
  })

  await t.test('should give no more than wanted', () => {
    assert.deepEqual(
      wrongest(probabilities, images, 2).map(({ pixels }) => pixels[0]),
      [3, 2],
    )
    assert.deepEqual(wrongest(Float32Array.of(1, 0, 0), imagesOf(0), 2), [])
  })
})
