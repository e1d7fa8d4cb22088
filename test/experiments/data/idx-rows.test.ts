import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import test from 'node:test'
import { gzipSync } from 'node:zlib'
import { readIdxFile, readIdxRows } from '../../../src/experiments/data/idx-rows.ts'
import type { LetterBatches } from '../../../src/experiments/data/letter-rows.ts'
import { temporaryFolder } from './temporary-folder.ts'

const pixels = (count: number) => Uint8Array.from({ length: count * 784 }, (_, index) => (index * 3) % 256)

/** Makes an idx file of bytes. */
function idx(shape: readonly number[], values: Uint8Array): Buffer {
  const head = Buffer.alloc(4 + 4 * shape.length)
  head.writeUInt32BE(0x0800 + shape.length, 0)
  for (const [axis, size] of shape.entries()) head.writeUInt32BE(size, 4 + 4 * axis)
  return Buffer.concat([head, values])
}

async function filesOf(t: TestContext, images: Buffer, labels: Buffer) {
  const folder = await temporaryFolder(t)
  const paths = { images: join(folder, 'images'), labels: join(folder, 'labels') }
  await writeFile(paths.images, images)
  await writeFile(paths.labels, labels)
  return paths
}

test('readIdxRows', async (t) => {
  const images = idx([5, 28, 28], pixels(5))
  const labels = idx([5], Uint8Array.of(0, 1, 2, 3, 9))

  for (const [name, pack] of [
    ['plain', (bytes: Buffer) => bytes],
    ['gzip', (bytes: Buffer) => gzipSync(bytes)],
  ] as const) {
    await t.test(`should take the last rows as the test set: ${name}`, async (t) => {
      const { train, test, rows } = await readIdxRows(await filesOf(t, pack(images), pack(labels)), 2)
      assert.equal(rows, 5)
      const [first, last] = [await joined(train), await joined(test)]
      assert.deepEqual([...first.labels, ...last.labels], [0, 1, 2, 3, 9])
      assert.equal(last.labels.length, 2)
      assert.deepEqual(Uint8Array.from([...first.images, ...last.images]), pixels(5))
    })
  }

  await t.test('should read a test set from separate files', async (t) => {
    const other = await filesOf(t, idx([1, 28, 28], pixels(1)), idx([1], Uint8Array.of(7)))
    const { train, test, rows } = await readIdxRows(await filesOf(t, images, labels), other)
    assert.equal(rows, 6)
    assert.deepEqual([...(await joined(train)).labels], [0, 1, 2, 3, 9])
    assert.deepEqual([...(await joined(test)).labels], [7])
  })

  await t.test('should read more than one piece of a stream', async (t) => {
    const many = pixels(3000)
    const { images: path } = await filesOf(t, gzipSync(idx([3000, 28, 28], many), { level: 1 }), labels)
    const { shape, values } = await readIdxFile(path)
    assert.deepEqual(shape, [3000, 28, 28])
    assert.ok(Buffer.from(values).equals(many))
  })

  await t.test('should refuse files that do not fit', async (t) => {
    const cases: [Buffer, Buffer, RegExp][] = [
      [
        idx([5, 20, 28], pixels(5).subarray(0, 2800)),
        labels,
        /images`, expected images of 28 x 28 pixels, found 20 x 28/,
      ],
      [images, idx([4], Uint8Array.of(0, 1, 2, 3)), /labels`, expected 5 labels, found 4/],
      [images, idx([5], Uint8Array.of(0, 1, 2, 3, 10)), /labels`, expected labels 0 to 9, found 10 in row 4/],
      [
        images.subarray(0, 3000),
        labels,
        /expected 3920 values for the shape \[5, 28, 28\], found 2984: truncated/,
      ],
      [Buffer.concat([images, labels]), labels, /found 3933: too long/],
      [
        gzipSync(images).subarray(0, 200),
        labels,
        /images`, expected whole gzip data, found unexpected end of file/,
      ],
      [
        idx([2 ** 24, 28, 28], pixels(1)),
        labels,
        /expected an idx file of at most 2147483647 bytes, found 13153337360/,
      ],
      [Buffer.from('<html>'), labels, /expected the magic number 0x00000803, found 0x3c68746d/],
      [Buffer.alloc(0), labels, /found less than 4 bytes/],
    ]
    for (const [first, second, message] of cases) {
      await assert.rejects(readIdxRows(await filesOf(t, first, second), 2), { message })
    }
  })

  await t.test('should say what files of other elements are, packed or not', async (t) => {
    const floats = Buffer.alloc(16 + 4 * 5 * 784)
    for (const [at, value] of [0x0d03, 5, 28, 28].entries()) floats.writeUInt32BE(value, 4 * at)
    for (const pack of [(bytes: Buffer) => bytes, (bytes: Buffer) => gzipSync(bytes)]) {
      await assert.rejects(
        readIdxRows(await filesOf(t, pack(floats), labels), 2),
        /images`, expected unsigned bytes \(0x00000803\), found 32-bit floats \(0x00000d03\): write it anew/,
      )
      const whole = Buffer.from('00000c0100000005'.padEnd(16 + 40, '0'), 'hex')
      await assert.rejects(
        readIdxRows(await filesOf(t, images, pack(whole)), 2),
        /labels`, expected unsigned bytes \(0x00000801\), found 32-bit integers \(0x00000c01\): write it anew/,
      )
    }
  })

  await t.test('should name transposed images', async (t) => {
    await assert.rejects(
      readIdxRows(await filesOf(t, idx([28, 28, 5], pixels(5)), labels), 2),
      /found a shape of \[28, 28, 5\]: transposed, write it anew as \[5, 28, 28\]$/,
    )
    const square = await filesOf(t, idx([28, 28, 28], pixels(28)), idx([28], new Uint8Array(28)))
    assert.equal((await readIdxRows(square, 2)).rows, 28)
  })

  await t.test('should refuse a test set with all rows', async (t) => {
    await assert.rejects(
      readIdxRows(await filesOf(t, images, labels), 5),
      /Cannot take 5 rows of .*images` as the test set, expected less than its 5/,
    )
  })
})

async function joined(batches: LetterBatches) {
  const [images, labels]: number[][] = [[], []]
  for await (const batch of batches) {
    images!.push(...batch.images)
    labels!.push(...batch.labels)
  }
  return { images: images!, labels: labels! }
}
