import assert from 'node:assert/strict'
import test from 'node:test'
import { StoredFiles } from '../../../src/render/cache/stored-files.ts'

test('StoredFiles should keep what is asked for again and again, and forget what is not', () => {
  const files = new StoredFiles()
  files.set('/current.json', { state: '1', stored: 'damaged' })
  for (let opening = 0; opening < 1_000; opening++) {
    files.begin()
    files.set(`/${opening}.json`, { state: '1', stored: 'damaged' })
    assert.deepEqual(files.get('/current.json')?.stored, 'damaged')
  }
  assert.ok(files.size < 30, `${files.size} of 1,001`)
  assert.equal(files.get('/0.json'), undefined)
  assert.equal(files.get('/999.json')?.state, '1')
})
