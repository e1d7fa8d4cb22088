import assert from 'node:assert/strict'
import test from 'node:test'
import type { H5Stored } from '../../../src/experiments/data/h5-header.ts'
import { chunkTree, h5Header, mostChunks } from '../../../src/experiments/data/h5-header.ts'

test('chunkTree and h5Header', async (t) => {
  await t.test('should hold as many chunks as 16 bits can count', () => {
    const tree = Buffer.from(chunkTree(chunksOf(mostChunks), stored(mostChunks)))
    assert.equal(tree.readUInt16LE(6), 65_535)
    const head = Buffer.from(h5Header([stored(mostChunks), stored(3)], 1_000_000))
    assert.equal(head.readUInt16LE(24), 32_768)
  })

  await t.test('should refuse one more', () => {
    const message = /expected at most 65535 chunks, found 65536$/
    assert.throws(() => chunkTree(chunksOf(mostChunks + 1), stored(mostChunks + 1)), message)
    assert.throws(() => h5Header([stored(mostChunks + 1), stored(3)], 1_000_000), message)
  })
})

function chunksOf(count: number) {
  return Array.from({ length: count }, (_, index) => ({ address: 2048 + 785 * index, bytes: 785 }))
}

function stored(chunks: number): H5Stored {
  const storage = { kind: 'chunked', tree: 2048, rows: 1, chunks, gzip: null } as const
  return { name: 'trainData', shape: [chunks, 785], type: 'uint8', storage }
}
