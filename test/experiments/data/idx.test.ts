import assert from 'node:assert/strict'
import test from 'node:test'
import { parseIdx } from '../../../src/experiments/data/idx.ts'

const two = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]

test('parseIdx', async (t) => {
  await t.test('should read images with big-endian sizes', () => {
    const { shape, values } = parseIdx(Uint8Array.from(two), 3, 'x')
    assert.deepEqual(shape, [2, 1, 3])
    assert.deepEqual([...values], [1, 2, 3, 4, 5, 6])
  })

  await t.test('should read labels', () => {
    assert.deepEqual([...parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 9, 4), 1, 'x').values], [9, 4])
  })

  await t.test('should read a view that does not start at the start of its buffer', () => {
    const view = Uint8Array.from([7, 7, ...two]).subarray(2)
    assert.deepEqual(parseIdx(view, 3, 'x').shape, [2, 1, 3])
  })

  await t.test('should refuse another magic number', () => {
    const message = 'Cannot read `a.gz`, expected the magic number 0x00000801, found 0x00000803'
    assert.throws(() => parseIdx(Uint8Array.from(two), 1, 'a.gz'), { message })
  })

  await t.test('should say what other elements are', () => {
    const types = {
      9: 'signed bytes',
      11: '16-bit integers',
      12: '32-bit integers',
      13: '32-bit floats',
      14: '64-bit floats',
    }
    for (const [number, type] of Object.entries(types)) {
      const hex = Number(number).toString(16)
      const bytes = Uint8Array.of(0, 0, Number(number), 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 7)
      assert.throws(() => parseIdx(bytes, 3, 'a.gz'), {
        message: `Cannot read \`a.gz\`, expected unsigned bytes (0x00000803), found ${type} (0x00000${hex}03): write it anew with unsigned bytes, 0 to 255`,
      })
    }
    // Also where the number of dimensions is another.
    const labels = Uint8Array.of(0, 0, 12, 1, 0, 0, 0, 1, 0, 0, 0, 7)
    assert.throws(() => parseIdx(labels, 3, 'a.gz'), /found 32-bit integers \(0x00000c01\): /)
    // Nothing else is taken for one.
    for (const other of [
      [1, 0, 12, 1],
      [0, 0, 10, 1],
    ])
      assert.throws(
        () => parseIdx(Uint8Array.from(other), 1, 'a'),
        /expected the magic number 0x00000801, found /,
      )
  })

  await t.test('should refuse an empty file', () => {
    assert.throws(() => parseIdx(new Uint8Array(0), 1, 'a.gz'), /found less than 4 bytes/)
  })

  await t.test('should refuse a cut header', () => {
    assert.throws(
      () => parseIdx(Uint8Array.of(0, 0, 8, 3, 0), 3, 'a.gz'),
      /expected a header of 16 bytes, found 5: truncated/,
    )
  })

  await t.test('should refuse too few or too many values', () => {
    assert.throws(
      () => parseIdx(Uint8Array.from(two.slice(0, -1)), 3, 'a'),
      /expected 6 values for the shape \[2, 1, 3\], found 5: truncated/,
    )
    assert.throws(() => parseIdx(Uint8Array.from([...two, 0]), 3, 'a'), /found 7: too long/)
  })
})
