import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { readCached, readVerified, writeCached, writeVerified } from '../../../src/render/model/cache-file.ts'
import { temporaryProject } from '../execute/temporary-project.ts'

test('readVerified should give what was written, and nothing if one byte has changed', (t) => {
  const root = temporaryProject(t, {})
  const path = join(root, 'deep/cache.json')
  assert.equal(readVerified(path), undefined)
  writeVerified(path, { code: 'a = 1' })
  assert.deepEqual(readVerified(path), { code: 'a = 1' })
  const bytes = readFileSync(path)
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at] = changed[at]! ^ 1
    writeFileSync(path, changed)
    assert.equal(readVerified(path), undefined, `byte ${at}`)
  }
  writeFileSync(path, bytes.subarray(0, 70))
  assert.equal(readVerified(path), undefined)
})

test('a cache should move a folder aside that is in its place', (t) => {
  const root = temporaryProject(t, {})
  for (const [write, read] of [
    [writeCached, readCached],
    [writeVerified, readVerified],
  ] as const) {
    const path = join(root, `${write.name}.json`)
    mkdirSync(join(path, 'precious'), { recursive: true })
    write(path, [1])
    assert.deepEqual(read(path), [1])
    assert.deepEqual(readdirSync(`${path}.aside`), ['precious'])
  }
})

test('a cache that cannot be written should do no harm', (t) => {
  const root = temporaryProject(t, { file: 'a file' })
  writeVerified(join(root, 'file/below.json'), 1)
  assert.equal(readVerified(join(root, 'file/below.json')), undefined)
  assert.equal(existsSync(join(root, 'file.aside')), false)
})
