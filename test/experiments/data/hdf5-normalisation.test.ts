import assert from 'node:assert/strict'
import test from 'node:test'
import type { H5Error } from '../../../src/experiments/data/hdf5.ts'
import { inspectH5, readH5 } from '../../../src/experiments/data/hdf5.ts'
import type { Normalisation } from '../../../src/experiments/data/hdf5-types.ts'
import { expectedRows, tableOf, writeTables } from './hdf5-files.ts'
import { temporaryFolder } from './temporary-folder.ts'

type Pixel = (level: number) => number

const scales: Readonly<Record<Normalisation['name'], { pixel: Pixel; text: string }>> = {
  bytes: { pixel: (level) => level, text: 'bytes, 0 to 255' },
  unit: { pixel: (level) => level / 255, text: 'unit, 0 to 1' },
  centred: { pixel: (level) => (level - 127.5) / 255, text: 'centred, -0.5 to 0.5' },
  signed: { pixel: (level) => level / 127.5 - 1, text: 'signed, -1 to 1' },
  linear: { pixel: (level) => (level - 90.25) / 81.5, text: 'linear, -1.107362 to 2.021472' },
  none: { pixel: (level) => Math.sqrt(level), text: 'none, 0 to 15.96872' },
}

test('readH5 of normalised pixels', async (t) => {
  for (const [name, { pixel, text }] of Object.entries(scales)) {
    await t.test(`should find ${name}`, async (t) => {
      const path = await writeTables(await temporaryFolder(t), [tableOf(40, pixel), tableOf(9, pixel)])
      const { rows, normalisation } = await readH5(path)
      assert.equal(normalisation.name, name)
      assert.equal(normalisation.text, text)
      const { images, ...rest } = expectedRows(40)
      const wanted = name === 'none' ? Float32Array.from(images, pixel) : images
      assert.deepEqual(rows.train, { images: wanted, ...rest })
      assert.deepEqual((await inspectH5(path)).normalisation, normalisation)
    })

    await t.test(`should find ${name} in floats of 32 bits`, async (t) => {
      const tables = [Float32Array.from(tableOf(40, pixel)), Float32Array.from(tableOf(9, pixel))] as const
      const path = await writeTables(await temporaryFolder(t), tables)
      assert.equal((await readH5(path)).normalisation.name, name)
    })
  }

  /** Writes a file in which one late test row, several slices after the first ones, has another pixel. */
  async function late(folder: string, early: Pixel, pixel: number): Promise<string> {
    const [train, test] = [tableOf(1500, early), tableOf(700, early)]
    test[699 * 785 + 100] = pixel
    return writeTables(folder, [train, test])
  }

  const blackAndWhite = (level: number) => (level > 127 ? 1 : 0)
  /** Values that `unit` and `signed` have in common. */
  const odd = (level: number) => (2 * Math.floor(level / 2) + 1) / 255
  const lateCases = [
    { early: blackAndWhite, pixel: 2, name: 'bytes', level: 2 },
    { early: odd, pixel: -1, name: 'signed', level: 0 },
    { early: (level: number) => level / 255, pixel: 1.5, name: 'none', level: 1.5 },
    { early: (level: number) => level, pixel: 0.5, name: 'none', level: 0.5 },
    { early: (level: number) => level, pixel: 256, name: 'none', level: 256 },
    { early: (level: number) => level - 128, pixel: 0.25, name: 'none', level: 0.25 },
    { early: (level: number) => Math.floor(level / 2) * 2, pixel: 510, name: 'linear', level: 255 },
  ] as const
  for (const { early, pixel, name, level } of lateCases) {
    await t.test(`should start again as ${name} at a late ${pixel}`, async (t) => {
      const path = await late(await temporaryFolder(t), early, pixel)
      const { normalisation, rows } = await readH5(path)
      assert.equal(normalisation.name, name)
      assert.equal(rows.test?.images[699 * 784 + 100], level)
      assert.equal(rows.test?.images instanceof Float32Array, name === 'none')
      assert.equal(rows.train?.images instanceof Float32Array, name === 'none')
      assert.deepEqual((await inspectH5(path)).normalisation, normalisation)
    })
  }

  await t.test('should refuse other pixels if bytes are requested', async (t) => {
    const path = await late(await temporaryFolder(t), (level) => level, 0.5)
    await assert.rejects(readH5(path, { as: 'uint8' }), (error: H5Error) => {
      assert.equal(error.rule, 'pixels-are-levels')
      assert.match(
        error.message,
        /expected pixels of `trainData` that are whole grey levels, .*found none, 0 to 255$/,
      )
      return true
    })
  })

  await t.test('should choose the normalisation of one split by both', async (t) => {
    const path = await late(await temporaryFolder(t), (level) => level - 128, 127 + 255)
    const { normalisation } = await readH5(path, { splits: ['train'] })
    assert.equal(normalisation.name, 'none')
    assert.deepEqual((await readH5(path)).normalisation, normalisation)
  })

  await t.test('should choose the normalisation of a uniform image by its range', async (t) => {
    const even = async (value: number) => {
      const path = await writeTables(await temporaryFolder(t), [
        tableOf(3, () => value),
        tableOf(2, () => value),
      ])
      return (await readH5(path)).normalisation.name
    }
    assert.equal(await even(0), 'unit')
    assert.equal(await even(7), 'bytes')
    assert.equal(await even(-0.5), 'centred')
    assert.equal(await even(7.3), 'none')
  })
})
