import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { files, notmnistLargeSample } from '../../../src/experiments/data/notmnist-large-sample.ts'
import { needsRealData, realData } from './real-data.ts'
import { temporaryFolder } from './temporary-folder.ts'

test('notmnistLargeSample', async (t) => {
  await t.test('should read every image, about 350 a letter', needsRealData, async (t) => {
    const env = { WEFT_DATA: realData, XDG_CACHE_HOME: await temporaryFolder(t) }
    const { images, labels, count, width, height } = await notmnistLargeSample.load({ env })
    assert.deepEqual([count, width, height, images.length, labels.length], [3493, 28, 28, 3493 * 784, 3493])
    const counts = Array.from({ length: 10 }, (_, label) => labels.filter((each) => each === label).length)
    assert.deepEqual(counts, [350, 349, 349, 349, 350, 349, 348, 350, 349, 350])
  })

  await t.test('should refuse other bytes', async (t) => {
    const folder = await temporaryFolder(t)
    await mkdir(join(folder, 'notmnist'))
    for (const { name } of Object.values(files)) await writeFile(join(folder, 'notmnist', name), 'other')
    const env = { WEFT_DATA: folder, XDG_CACHE_HOME: folder }
    await assert.rejects(notmnistLargeSample.load({ env }), /expected 61 bytes, found 5/)
  })

  await t.test('should say where a missing file was looked for', async (t) => {
    const folder = await temporaryFolder(t)
    const env = { WEFT_DATA: folder, XDG_CACHE_HOME: folder }
    await assert.rejects(
      notmnistLargeSample.load({ env }),
      /Cannot find `notmnist-large-sample-labels-idx1-ubyte.gz`/,
    )
  })
})
