import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import type { H5Normalisation, H5Type } from '../../../src/experiments/data/h5-header.ts'
import type { H5WriteOptions } from '../../../src/experiments/data/h5-writer.ts'
import { writeH5 } from '../../../src/experiments/data/h5-writer.ts'
import type { LetterBatch, LetterRows } from '../../../src/experiments/data/letter-rows.ts'
import { readByH5wasm } from './read-by-h5wasm.ts'
import { temporaryFolder } from './temporary-folder.ts'

const dtypes: Record<H5Type, string> = { float64: '<d', float32: '<f', uint8: '<B' }

/** The values of black, a middle level and white, by the definition of each normalisation. */
const expected: Record<H5Normalisation, readonly [number, number, number]> = {
  unit: [0, 0.2, 1],
  centred: [-0.5, -0.3, 0.5],
  signed: [-1, -0.6, 1],
  bytes: [0, 51, 255],
}

// Half a unit in the last place of a 32-bit float at 1.
const roundedOff = 2 ** -24

function batchOf(count: number, first = 0): LetterBatch {
  return {
    images: Uint8Array.from({ length: count * 784 }, (_, index) => (index * 7 + first) % 256),
    labels: Uint8Array.from({ length: count }, (_, index) => (index + first) % 10),
  }
}

/** 23 training rows in uneven batches, 12 test rows. */
function rowsOf() {
  return {
    train: [batchOf(9), batchOf(0), batchOf(14, 3)],
    test: [batchOf(12, 5)],
    rows: 35,
  } satisfies LetterRows
}

function storedRows(batches: readonly LetterBatch[], level: (grey: number) => number): number[] {
  return batches.flatMap(({ images, labels }) =>
    [...labels].flatMap((label, row) => [
      ...Array.from(images.subarray(row * 784, (row + 1) * 784), level),
      label,
    ]),
  )
}

test('writeH5', async (t) => {
  const layouts: H5WriteOptions[] = [
    {},
    { chunkRows: 5 },
    { chunkRows: 23, gzip: 4 },
    { chunkRows: 1, gzip: 9 },
  ]
  for (const type of ['float64', 'float32', 'uint8'] as const) {
    for (const layout of layouts) {
      await t.test(`should be read back by h5wasm: ${type} ${JSON.stringify(layout)}`, async (t) => {
        const path = join(await temporaryFolder(t), 'data.h5')
        const { chunkRows, gzip } = layout
        assert.deepEqual(await writeH5(path, rowsOf(), { ...layout, type }), { train: 23, test: 12 })
        const { trainData, testData } = await readByH5wasm(path)
        assert.deepEqual(
          [trainData?.shape, testData?.shape],
          [
            [23, 785],
            [12, 785],
          ],
        )
        assert.equal(trainData?.dtype, dtypes[type])
        assert.deepEqual(trainData.chunks, chunkRows === undefined ? null : [chunkRows, 785])
        assert.deepEqual(trainData.filters, gzip === undefined ? [] : [[1, gzip]])
        const { train, test } = rowsOf()
        assert.deepEqual(
          trainData.values,
          storedRows(train, (grey) => grey),
        )
        assert.deepEqual(
          testData?.values,
          storedRows(test, (grey) => grey),
        )
      })
    }
  }

  for (const normalisation of ['unit', 'centred', 'signed', 'bytes'] as const) {
    await t.test(`should normalise pixels and leave labels: ${normalisation}`, async (t) => {
      const images = new Uint8Array(784).fill(51, 0, 1).fill(255, 1, 2)
      const rows = () => ({ train: [{ images, labels: Uint8Array.of(9) }], test: [batchOf(1)], rows: 2 })
      const folder = await temporaryFolder(t)
      for (const type of ['float64', 'float32'] as const) {
        const path = join(folder, `${type}.h5`)
        await writeH5(path, rows(), { type, normalisation })
        const { trainData } = await readByH5wasm(path)
        const [middle, white, black] = trainData!.values
        for (const [index, found] of [black, middle, white].entries()) {
          const error = Math.abs(found! - expected[normalisation][index]!)
          assert.ok(error <= (type === 'float64' ? 1e-15 : roundedOff), `${type}: ${found}`)
        }
        assert.equal(trainData!.values.at(-1), 9)
      }
    })
  }

  await t.test('should hold many chunks in one tree', async (t) => {
    const path = join(await temporaryFolder(t), 'data.h5')
    await writeH5(
      path,
      { train: [batchOf(701)], test: [batchOf(2)], rows: 703 },
      { type: 'uint8', chunkRows: 1 },
    )
    const { trainData } = await readByH5wasm(path)
    assert.deepEqual(
      trainData?.values,
      storedRows([batchOf(701)], (grey) => grey),
    )
  })

  await t.test('should give a contiguous file the length of its elements and head', async (t) => {
    const path = join(await temporaryFolder(t), 'data.h5')
    await writeH5(path, rowsOf(), { type: 'float64' })
    assert.equal((await stat(path)).size, 2048 + 35 * 785 * 8)
  })

  await t.test('should write equal bytes for equal rows', async (t) => {
    const folder = await temporaryFolder(t)
    for (const name of ['a', 'b']) await writeH5(join(folder, name), rowsOf(), { chunkRows: 4, gzip: 6 })
    assert.deepEqual(await readFile(join(folder, 'a')), await readFile(join(folder, 'b')))
  })

  await t.test('should be read by h5py', async (t) => {
    const folder = await temporaryFolder(t)
    await writeH5(join(folder, 'a.h5'), rowsOf(), { type: 'float64', normalisation: 'centred' })
    await writeH5(join(folder, 'b.h5'), rowsOf(), { type: 'float32', chunkRows: 5, gzip: 4 })
    await writeH5(join(folder, 'c.h5'), rowsOf(), { type: 'uint8', chunkRows: 1 })
    const sums = (await readdir(folder)).sort().map((name) => sumsByH5py(join(folder, name)))
    if (sums.includes(undefined)) return t.skip('no Python with h5py here')
    const { train } = rowsOf()
    const sum = storedRows(train, (grey) => grey).reduce((total, value) => total + value, 0)
    assert.deepEqual(sums.slice(1), [`float32 (5, 785) gzip ${sum}`, `uint8 (1, 785) None ${sum}`])
    const centred = storedRows(train, (grey) => (grey - 127.5) / 255)
    const [type, chunks, gzip, found] = sums[0]!.split(' ')
    assert.deepEqual([type, chunks, gzip], ['float64', 'None', 'None'])
    assert.ok(Math.abs(Number(found) - centred.reduce((total, value) => total + value, 0)) < 1e-8)
  })

  await t.test('should refuse a label that does not belong to a letter', async (t) => {
    const path = join(await temporaryFolder(t), 'data.h5')
    const wrong = { images: new Uint8Array(784), labels: Uint8Array.of(10) }
    const message = 'Cannot write the label 10, expected 0 to 9'
    await assert.rejects(writeH5(path, { train: [wrong], test: [batchOf(1)], rows: 2 }), { message })
  })

  await t.test('should refuse a set without rows', async (t) => {
    const folder = await temporaryFolder(t)
    const message = (name: string) => ({ message: `Cannot write \`${name}\`, expected rows, found none` })
    const [some, none] = [[batchOf(1)], [batchOf(0)]]
    await assert.rejects(
      writeH5(join(folder, 'a'), { train: none, test: some, rows: 1 }),
      message('trainData'),
    )
    await assert.rejects(writeH5(join(folder, 'b'), { train: some, test: [], rows: 1 }), message('testData'))
  })

  await t.test('should refuse more chunks than a tree can list, before it writes', async (t) => {
    const folder = await temporaryFolder(t)
    const rows = { train: [batchOf(1)], test: [batchOf(1)], rows: 131_072 }
    await assert.rejects(writeH5(join(folder, 'a'), rows, { chunkRows: 2 }), {
      message:
        'Cannot write chunks of 2 rows, expected at most 65,535 chunks, found 65,536: use --chunked 3 or more',
    })
    assert.deepEqual(await readdir(folder), [])
  })

  await t.test('should stop on a signal, and leave no file with a head', async (t) => {
    const path = join(await temporaryFolder(t), 'data.h5')
    const stop = new AbortController()
    const progress = () => stop.abort(new Error('stopped'))
    await assert.rejects(writeH5(path, rowsOf(), { signal: stop.signal, progress }), { message: 'stopped' })
    assert.equal((await readFile(path)).readUInt8(0), 0)
  })
})

function sumsByH5py(path: string): string | undefined {
  const script = [
    'import h5py, sys',
    'd = h5py.File(sys.argv[1], "r")["trainData"]',
    'print(d.dtype, d.chunks, d.compression, repr(float(d[:].astype("f8").sum())).removesuffix(".0"))',
  ].join('\n')
  const { status, stdout } = spawnSync('/usr/bin/python3', ['-c', script, path], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}
