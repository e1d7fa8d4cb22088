import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import type { File } from 'h5wasm/node'
import { inspectH5, readH5 } from '../../../src/experiments/data/hdf5.ts'
import type { Table } from './hdf5-files.ts'
import { addTable, expectedRows, tableOf, writeH5, writeTables } from './hdf5-files.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** The old format has no checksums, so that its bytes may be changed. */
const old = { libver: 'earliest' } as const

const centred = (level: number) => level / 255 - 0.5

/** Makes both tables, of 40 and 9 rows. */
function tables(make: (values: Float64Array) => Table, pixel = (level: number) => level): [Table, Table] {
  return [make(tableOf(40, pixel)), make(tableOf(9, pixel))]
}

const types: Readonly<Record<string, (values: Float64Array) => Table>> = {
  float64: (values) => values,
  float32: (values) => Float32Array.from(values),
  uint8: (values) => Uint8Array.from(values),
  int16: (values) => Int16Array.from(values),
  int32: (values) => Int32Array.from(values),
  int64: (values) => BigInt64Array.from(values, BigInt),
}

test('readH5', async (t) => {
  for (const [type, make] of Object.entries(types)) {
    for (const libver of ['earliest', 'latest'] as const) {
      await t.test(`should read ${type}, contiguous, by the ${libver} format`, async (t) => {
        const path = await writeTables(await temporaryFolder(t), tables(make), { libver })
        const { rows, facts, normalisation, path: read } = await readH5(path)
        assert.deepEqual(rows, { train: expectedRows(40), test: expectedRows(9) })
        assert.deepEqual(normalisation, { name: 'bytes', low: 0, high: 255, text: 'bytes, 0 to 255' })
        assert.equal(read, path)
        const { offset, ...train } = facts.train!
        assert.ok(offset, 'the offset of a contiguous dataset is found')
        const known = { type, littleEndian: true, layout: 'contiguous', filters: [] }
        assert.deepEqual(train, { dataset: 'trainData', split: 'train', shape: [40, 785], ...known })
      })
    }
  }

  const chunked = { 'whole rows': [16, 785], 'parts of rows': [7, 100], 'one row': [1, 785] } as const
  for (const [name, chunks] of Object.entries(chunked)) {
    await t.test(`should read gzip in chunks of ${name}`, async (t) => {
      const options = { chunks: [chunks[0], chunks[1]], gzip: 4 } as const
      const folder = await temporaryFolder(t)
      const path = await writeH5(folder, 'data.h5', (file) => {
        addTable(file, 'trainData', tableOf(40, centred), options)
        addTable(file, 'testData', tableOf(16, centred), { chunks: [8, 785] })
      })
      const { rows, facts, normalisation } = await readH5(path)
      assert.deepEqual(rows, { train: expectedRows(40), test: expectedRows(16) })
      assert.equal(normalisation.text, 'centred, -0.5 to 0.5')
      assert.deepEqual(facts.train?.filters, ['gzip 4'])
      assert.equal(facts.train?.layout, `chunked ${chunks.join(' x ')}`)
      assert.equal(facts.train?.offset, undefined)
      assert.deepEqual(facts.test?.filters, [])
    })
  }

  await t.test('should read more than one slice', async (t) => {
    const path = await writeTables(await temporaryFolder(t), [tableOf(1500, centred), tableOf(700, centred)])
    const { rows } = await readH5(path)
    assert.deepEqual(rows, { train: expectedRows(1500), test: expectedRows(700) })
  })

  await t.test('should read big-endian floats', async (t) => {
    const path = await writeTables(
      await temporaryFolder(t),
      tables((values) => values, centred),
      old,
    )
    await patch(path, (bytes) => {
      // The lowest class bit of a 64-bit IEEE float marks big-endian order.
      const mark = Buffer.from('11203f0008000000', 'hex')
      for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at)) bytes[at + 1] = 0x21
      for (const { offset, size } of blocks(bytes, [40, 9], 8)) bytes.subarray(offset, offset + size).swap64()
    })
    const { rows, facts } = await readH5(path)
    assert.deepEqual(rows, { train: expectedRows(40), test: expectedRows(9) })
    assert.equal(facts.train?.littleEndian, false)
  })

  await t.test('should read 16-bit floats', async (t) => {
    const singles = tables((values) => Float32Array.from(values), centred)
    const path = await writeTables(await temporaryFolder(t), singles, old)
    await patch(path, (bytes) => {
      const single = Buffer.from('11201f000400000000002000170800177f000000', 'hex')
      const half = Buffer.from('11200f0002000000000010000a05000a0f000000', 'hex')
      for (let at = bytes.indexOf(single); at >= 0; at = bytes.indexOf(single, at)) half.copy(bytes, at)
      for (const { offset, size, at } of blocks(bytes, [40, 9], 4)) {
        bytes.writeUInt32LE(size / 2, at)
        for (let each = 0; each < size / 4; each++) {
          bytes.writeUInt16LE(toHalf(bytes.readFloatLE(offset + 4 * each)), offset + 2 * each)
        }
      }
    })
    const { rows, facts, normalisation } = await readH5(path)
    assert.deepEqual(rows, { train: expectedRows(40), test: expectedRows(9) })
    assert.equal(facts.train?.type, 'float16')
    assert.equal(normalisation.name, 'centred')
  })

  await t.test('should read HDF5 after a block of user data', async (t) => {
    const folder = await temporaryFolder(t)
    const path = await writeTables(
      folder,
      tables((values) => values),
    )
    const moved = join(folder, 'moved.h5')
    const bytes = await readFile(path)
    await writeFile(moved, Buffer.concat([Buffer.alloc(512, 32), bytes]))
    const { rows } = await readH5(moved)
    assert.deepEqual(rows.test, expectedRows(9))
  })

  for (const [libver, isFound] of Object.entries({ earliest: true, latest: false })) {
    await t.test(`should find datasets among many others by the ${libver} format`, async (t) => {
      const fill = (file: File) => {
        for (let index = 0; index < 90; index++) file.create_group(`group${index}`)
        addTable(file, 'trainData', tableOf(5, centred))
        addTable(file, 'testData', tableOf(4, centred))
      }
      const path = await writeH5(await temporaryFolder(t), 'data.h5', fill, libver as 'latest')
      const { rows, facts } = await readH5(path)
      assert.deepEqual(rows, { train: expectedRows(5), test: expectedRows(4) })
      assert.equal(facts.test?.offset !== undefined, isFound, 'a fractal heap is left to h5wasm')
    })
  }

  await t.test('should read a single split from a file with no other', async (t) => {
    const path = await writeH5(await temporaryFolder(t), 'data.h5', (file) =>
      addTable(file, 'testData', tableOf(4, centred)),
    )
    const { rows, facts } = await readH5(path, { splits: ['test'] })
    assert.deepEqual(rows, { test: expectedRows(4) })
    assert.deepEqual(Object.keys(facts), ['test'])
  })

  await t.test('should give the values as stored on request', async (t) => {
    const path = await writeTables(
      await temporaryFolder(t),
      tables((values) => values, centred),
    )
    const { rows, normalisation } = await readH5(path, { as: 'float32' })
    assert.ok(rows.test?.images instanceof Float32Array)
    const { images } = expectedRows(9)
    assert.deepEqual(rows.test.images, Float32Array.from(images, centred))
    assert.equal(normalisation.name, 'centred')
  })

  await t.test('should read two files at once', async (t) => {
    const folder = await temporaryFolder(t)
    const chunks = [100, 785] as const
    const big = await writeTables(folder, [tableOf(1500, centred), tableOf(600, centred)], {
      chunks,
      name: 'a.h5',
    })
    const small = await writeTables(folder, [tableOf(1200, (x) => x), tableOf(9, (x) => x)], { name: 'b.h5' })
    const [first, second] = await Promise.all([readH5(big), readH5(small)])
    assert.deepEqual(first.rows, { train: expectedRows(1500), test: expectedRows(600) })
    assert.deepEqual(second.rows, { train: expectedRows(1200), test: expectedRows(9) })
  })

  await t.test('should stop on a signal', async (t) => {
    const path = await writeTables(
      await temporaryFolder(t),
      tables((values) => values),
    )
    await assert.rejects(readH5(path, { signal: AbortSignal.abort(new Error('enough')) }), /enough/)
  })
})

test('inspectH5', async (t) => {
  await t.test('should give facts, labels, range and normalisation', async (t) => {
    const path = await writeTables(
      await temporaryFolder(t),
      tables((values) => values, centred),
    )
    const { normalisation, sets, bytes, path: read } = await inspectH5(path)
    assert.equal(normalisation.name, 'centred')
    assert.equal(read, path)
    assert.equal(bytes, (await readFile(path)).length)
    assert.deepEqual(
      sets.map(({ facts }) => facts.dataset),
      ['trainData', 'testData'],
    )
    assert.deepEqual(sets[0]?.labelCounts, Array(10).fill(4))
    assert.deepEqual(sets[1]?.labelCounts, [1, 1, 1, 1, 1, 1, 1, 1, 0, 1])
    assert.deepEqual(sets[0]?.range, { min: -0.5, max: 0.5 })
  })
})

async function patch(path: string, change: (bytes: Buffer) => void): Promise<void> {
  const bytes = await readFile(path)
  change(bytes)
  await writeFile(path, bytes)
}

/** Finds the blocks of contiguous tables by their layout messages: version 3, class 1, address, size. */
function blocks(bytes: Buffer, rows: readonly number[], elementBytes: number) {
  return rows.map((count) => {
    const size = count * 785 * elementBytes
    const wanted = Buffer.alloc(8)
    wanted.writeBigUInt64LE(BigInt(size))
    for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) {
      if (bytes[at - 10] === 3 && bytes[at - 9] === 1) return { at, size, offset: bytes.readUInt32LE(at - 8) }
    }
    throw new Error(`no block of ${size} bytes`)
  })
}

/** Rounds a number in [-16, 16] to a 16-bit float, which has 11 significant bits. */
function toHalf(value: number): number {
  const sign = value < 0 ? 0x8000 : 0
  const size = Math.abs(value)
  if (size < 2 ** -14) return sign | Math.round(size * 2 ** 24)
  const exponent = Math.floor(Math.log2(size))
  return sign | (((exponent + 15) << 10) + Math.round((size / 2 ** exponent - 1) * 1024))
}
