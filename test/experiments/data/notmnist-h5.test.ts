import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { copyFile, mkdir, readFile, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import test from 'node:test'
import h5wasm from 'h5wasm/node'
import { notmnistH5 } from '../../../src/experiments/data/notmnist-h5.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { writeZip } from './tiny-zip.ts'

test('notmnistH5', async (t) => {
  await t.test('should require a digest in the report', async () => {
    const message =
      'Cannot use `notmnist-h5`, expected its digest in the report, found none: run `npx weft data pin PATH`'
    await assert.rejects(notmnistH5.load({ env: {} }), { message })
    await assert.rejects(notmnistH5.load({ env: {}, pin: null }), { message })
  })

  await t.test('should read the file that the report names', async (t) => {
    const { options, pin } = await fileOf(t)
    const { splits, cleaning, fonts, rule, pixels } = await notmnistH5.load({ ...options, pin })
    assert.deepEqual(cleaning, { found: 120, blank: 1, conflicting: 2, copies: 1, across: 1, kept: 115 })
    // Four of the five validation rows remain, because the shuffle put one of the rows to leave out among them.
    assert.deepEqual([splits.train.count, splits.validation.count, splits.test.count], [91, 4, 20])
    for (const { images, labels, count } of Object.values(splits)) {
      assert.deepEqual([images.length, labels.length], [count * 784, count])
      assert.ok(Array.from(labels).every((label, row) => label === images[row * 784]! % 10))
    }
    assert.equal(fonts, null)
    assert.match(rule, /does not name the fonts/)
    assert.notEqual(pixels, '')
  })

  await t.test('should keep what it has split, for as long as the file is the same', async (t) => {
    const { path, options, pin } = await fileOf(t)
    const load = () => notmnistH5.load({ ...options, pin, code: 'a' })
    const made = await load()
    assert.deepEqual(await load(), made)
    assert.deepEqual(await notmnistH5.load({ ...options, pin }), made)
    await truncate(path, 1000)
    await assert.rejects(load(), /found 1000 bytes: the report is computed/)
  })

  await t.test('should find it in its folder, in that of notMNIST, and in the cache', async (t) => {
    const { path, folder, pin } = await fileOf(t)
    const [given, cache] = [join(folder, 'given'), join(folder, 'cache')]
    const env = { WEFT_DATA: given, XDG_CACHE_HOME: cache }
    for (const place of [
      join(cache, 'weft/data/notmnist-h5'),
      join(given, 'notmnist'),
      join(given, 'notmnist-h5'),
    ]) {
      await mkdir(place, { recursive: true })
      await copyFile(path, join(place, 'data.h5'))
      assert.equal((await notmnistH5.load({ env, pin })).cleaning.found, 120)
    }
  })

  await t.test('should prefer a zip with the right file to a stray file', async (t) => {
    const { path, folder, pin } = await fileOf(t)
    const given = join(folder, 'given')
    await mkdir(given)
    await copyFile(path, join(given, 'data.h5'))
    await truncate(join(given, 'data.h5'), 1000)
    const env = { WEFT_DATA: given, XDG_CACHE_HOME: join(folder, 'cache') }
    await assert.rejects(notmnistH5.load({ env, pin }), /found 1000 bytes: the report is computed/)
    await writeZip(join(given, 'data.zip'), [{ name: 'data.h5', bytes: await readFile(path) }])
    assert.equal((await notmnistH5.load({ env, pin, report() {} })).cleaning.found, 120)
  })

  await t.test('should refuse another file and name both digests', async (t) => {
    const { path, options, pin } = await fileOf(t)
    const other = { ...pin, sha256: '0'.repeat(64) }
    await assert.rejects(notmnistH5.load({ ...options, pin: other }), {
      message:
        `Cannot use \`${path}\`, expected ${pin.bytes} bytes with the SHA-256 ${other.sha256}, found the SHA-256 ${pin.sha256}: ` +
        'the report is computed from another file; get that one, or run `npx weft data pin PATH` to compute it from this one',
    })
  })

  await t.test('should list the places it searched and say what to do', async (t) => {
    const empty = await temporaryFolder(t)
    const pin = { file: 'data.h5', bytes: 7, sha256: 'abc' }
    await assert.rejects(notmnistH5.load({ env: { XDG_CACHE_HOME: empty }, pin }), (error: Error) => {
      assert.deepEqual(error.message.split('\n'), [
        'Cannot find `data.h5` or `data.zip` of `notmnist-h5`:',
        '  WEFT_DATA is not set',
        `  no file ${join(empty, 'weft/data/notmnist-h5/data.h5')}`,
        `  no file ${join(empty, 'weft/data/notmnist-h5/data.zip')}`,
        'Put it (unpacked 7 bytes, SHA-256 abc) into a folder `notmnist-h5`, and set WEFT_DATA to the folder that holds it; or build with the profile `quick`, which needs no files.',
      ])
      return true
    })
  })
})

/**
 * Writes a data.h5 of 100 training and 20 test rows, all different except a blank one, a copy, a conflict and one in
 * both sets; the label of a row is the last digit of its first pixel.
 */
async function fileOf(t: TestContext) {
  const folder = await temporaryFolder(t)
  const path = join(folder, 'data.h5')
  const train = Array.from({ length: 100 }, (_, row) => pixelsOf(row, row))
  train[1] = [...Array<number>(784).fill(0), 0]
  train[2] = train[3]!
  train[5] = [...train[4]!.slice(0, 784), 9]
  const test = Array.from({ length: 20 }, (_, row) => pixelsOf(100 + row, row))
  test[7] = train[50]!
  await writeFile(path, { trainData: train, testData: test })
  const bytes = await readFile(path)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const options = { env: { WEFT_DATA: folder, XDG_CACHE_HOME: join(folder, 'cache') } }
  return { folder, path, options, pin: { file: 'data.h5', bytes: bytes.length, sha256 } }
}

/** Makes a row: its number, then black and white, so that the range is that of bytes, then other pixels and a label. */
function pixelsOf(number: number, seed: number): number[] {
  const pixels = Array.from({ length: 781 }, (_, index) => (index * 7 + seed * 31) % 256)
  return [number, 0, 255, ...pixels, number % 10]
}

async function writeFile(path: string, datasets: Record<string, number[][]>): Promise<void> {
  await h5wasm.ready
  const file = new h5wasm.File(path, 'w')
  for (const [name, rows] of Object.entries(datasets)) {
    file.create_dataset({
      name,
      data: Float64Array.from(rows.flat()),
      shape: [rows.length, 785],
      dtype: '<f8',
    })
  }
  file.close()
}
