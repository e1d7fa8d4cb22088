import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import test from 'node:test'
import { PNG } from 'pngjs'
import type { LetterBatches } from '../../../src/experiments/data/letter-rows.ts'
import { decodePng, openPngTree } from '../../../src/experiments/data/png-tree.ts'
import { temporaryFolder } from './temporary-folder.ts'

const levels = Uint8Array.from({ length: 784 }, (_, index) => (index * 5) % 256)

function pngOf(
  rgba: (pixel: number) => readonly number[],
  colorType: 0 | 2 | 4 | 6,
  bitDepth: 8 | 16 = 8,
): Buffer {
  const png = new PNG({ width: 28, height: 28 })
  const values = levels.length * 4
  const data = bitDepth === 8 ? Buffer.alloc(values) : new Uint16Array(values)
  for (let pixel = 0; pixel < levels.length; pixel++) {
    for (const [channel, value] of rgba(pixel).entries()) data[4 * pixel + channel] = value
  }
  png.data = data as Buffer
  const packing = { colorType, bitDepth, inputColorType: 6, inputHasAlpha: true } as const
  return PNG.sync.write(png, packing)
}

const greyOf = (level: number) => [level, level, level, 255]
const grey = pngOf((pixel) => greyOf(levels[pixel]!), 0)

test('decodePng', async (t) => {
  await t.test('should read grey levels as they are', () => {
    assert.deepEqual(decodePng(grey), levels)
    assert.deepEqual(decodePng(pngOf((pixel) => greyOf(levels[pixel]!), 2)), levels)
  })

  await t.test('should weight colours by their luma', () => {
    const [red, green, blue] = [
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
    ].map((colour) => decodePng(pngOf(() => [...colour, 255], 2)))
    assert.deepEqual([red![0], green![5], blue![783]], [76, 150, 29])
  })

  await t.test('should read 16 bits as 8', () => {
    const wide = pngOf((pixel) => [...Array(3).fill(levels[pixel]! * 257), 65535], 0, 16)
    assert.equal(wide.readUInt8(24), 16, 'the bit depth of the header')
    assert.deepEqual(decodePng(wide), levels)
  })

  await t.test('should show transparent pixels over black', () => {
    assert.equal(decodePng(pngOf(() => [255, 255, 255, 0], 6))[0], 0)
    assert.equal(decodePng(pngOf(() => [200, 200, 200, 128], 6))[0], 100)
  })

  await t.test('should refuse anything but such a PNG', () => {
    const header = Buffer.from(grey)
    header.writeUInt32BE(60_000, 16)
    const other = PNG.sync.write(new PNG({ width: 28, height: 20 }))
    const cases: [Buffer, RegExp][] = [
      [Buffer.alloc(0), /^expected a PNG file, found an empty one$/],
      [Buffer.from('<html><body>Not found, this is a page</body></html>'), /found something else$/],
      [header, /^expected 28 x 28 pixels, found 60000 x 28$/],
      [other, /^expected 28 x 28 pixels, found 28 x 20$/],
      [grey.subarray(0, 60), /^expected a whole PNG file, found a broken one: /],
      [Buffer.concat([grey.subarray(0, 45), Buffer.alloc(20, 7), grey.subarray(65)]), /found a broken one: /],
    ]
    for (const [bytes, message] of cases) assert.throws(() => decodePng(bytes), { message })
  })
})

test('openPngTree', async (t) => {
  await t.test('should read all letters, shuffled by the seed', async (t) => {
    const folder = await treeOf(t, 3)
    const read = async (seed: number) => {
      const { test, train, rows, leftOut } = await openPngTree(folder, { seed, test: 6 })
      const labels = [await labelsOf(test), await labelsOf(train)]
      assert.deepEqual([rows, leftOut], [30, []])
      return labels
    }
    const [test = [], train = []] = await read(1)
    assert.deepEqual([test.length, train.length], [6, 24])
    const all = [...test, ...train].sort()
    assert.deepEqual(
      all,
      Array.from({ length: 30 }, (_, index) => Math.floor(index / 3)),
    )
    assert.deepEqual(await read(1), [test, train])
    assert.notDeepEqual(await read(2), [test, train])
  })

  await t.test('should leave out and name broken files, and still fill the test set', async (t) => {
    const folder = await treeOf(t, 2)
    await writeFile(join(folder, 'A/empty.png'), '')
    await writeFile(join(folder, 'B/half.PNG'), grey.subarray(0, 80))
    await writeFile(join(folder, 'C/huge.png'), Buffer.alloc(70_000))
    await writeFile(join(folder, 'C/note.txt'), 'not an image')
    const { test, train, rows, leftOut } = await openPngTree(folder, { seed: 4, test: 5 })
    assert.equal((await labelsOf(test)).length, 5)
    assert.equal((await labelsOf(train)).length, 15)
    assert.equal(rows, 23)
    assert.deepEqual(leftOut.map(({ path, reason }) => `${path}: ${reason.split(':')[0]}`).sort(), [
      'A/empty.png: expected a PNG file, found an empty one',
      'B/half.PNG: expected a whole PNG file, found a broken one',
      'C/huge.png: expected at most 65536 bytes, found 70000',
    ])
  })

  await t.test('should take a tenth as the test set', async (t) => {
    const { test } = await openPngTree(await treeOf(t, 2), { seed: 1 })
    assert.equal((await labelsOf(test)).length, 2)
  })

  await t.test('should name the missing or empty folder', async (t) => {
    const folder = await temporaryFolder(t)
    const message = `Cannot read \`${folder}\`, expected the folders A to J in it, found no \`A\``
    await assert.rejects(openPngTree(folder, { seed: 1 }), { message })
    await mkdir(join(folder, 'A'))
    await assert.rejects(openPngTree(folder, { seed: 1 }), /A`, expected PNG files in it, found none$/)
  })

  await t.test('should refuse a test set with all images', async (t) => {
    await assert.rejects(
      openPngTree(await treeOf(t, 1), { seed: 1, test: 10 }),
      /Cannot take 10 images of .* as the test set, expected less than its 10/,
    )
  })
})

async function treeOf(t: TestContext, images: number): Promise<string> {
  const folder = await temporaryFolder(t)
  for (const letter of 'ABCDEFGHIJ') {
    await mkdir(join(folder, letter))
    for (let index = 0; index < images; index++) await writeFile(join(folder, letter, `${index}.png`), grey)
  }
  return folder
}

async function labelsOf(batches: LetterBatches): Promise<number[]> {
  const labels: number[] = []
  for await (const batch of batches) labels.push(...batch.labels)
  return labels
}
