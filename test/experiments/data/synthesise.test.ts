import assert from 'node:assert/strict'
import test from 'node:test'
import type { LetterBatch, LetterBatches } from '../../../src/experiments/data/letter-rows.ts'
import { synthesise } from '../../../src/experiments/data/synthesise.ts'

test('synthesise', async (t) => {
  await t.test('should give the wanted number of rows, of all letters', async () => {
    const { train, test, rows } = await synthesise({ train: 2345, test: 1000, seed: 1 })
    const [drawn, held] = [await joined(train), await joined(test)]
    assert.deepEqual([drawn.labels.length, held.labels.length, rows], [2345, 1000, 3345])
    assert.equal(drawn.images.length, 2345 * 784)
    for (let label = 0; label < 10; label++) {
      // 234.5 expected; six standard deviations are 87.
      const count = drawn.labels.filter((other) => other === label).length
      assert.ok(count > 147 && count < 322, `${count} of ${label}`)
    }
  })

  await t.test('should give equal rows for equal seeds, for any number of rows', async () => {
    const read = async (seed: number, rows: number) =>
      joined((await synthesise({ train: rows, test: 1, seed })).train)
    const [first, again, longer, other] = await Promise.all([
      read(5, 50),
      read(5, 50),
      read(5, 60),
      read(6, 50),
    ])
    assert.deepEqual(first, again)
    assert.deepEqual(first.images, longer.images.subarray(0, 50 * 784))
    assert.notDeepEqual(first.images, other.images)
  })

  await t.test('should repeat no image', async () => {
    const { images } = await joined((await synthesise({ train: 8000, test: 1, seed: 2 })).train)
    const seen = new Set(
      Array.from({ length: 8000 }, (_, row) =>
        Buffer.from(images.subarray(row * 784, (row + 1) * 784)).toString('latin1'),
      ),
    )
    assert.equal(seen.size, 8000)
  })
})

async function joined(batches: LetterBatches): Promise<LetterBatch> {
  const all: LetterBatch[] = []
  for await (const batch of batches) all.push(batch)
  return {
    images: Uint8Array.from(Buffer.concat(all.map(({ images }) => images))),
    labels: Uint8Array.from(Buffer.concat(all.map(({ labels }) => labels))),
  }
}
