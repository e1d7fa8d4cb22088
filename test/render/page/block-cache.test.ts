import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { readBlockCache } from '../../../src/render/page/block-cache.ts'
import { renderedOf, toHtml } from './rendered-of.ts'

describe('readBlockCache', () => {
  let root: string
  const path = () => join(root, 'deep', 'blocks.json')
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'weft-test-'))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  test('should give a later build the same page', async () => {
    const chapters = ['$x^2$\n\n```ts\nconst a = 1\n```']
    const cold = await readBlockCache(path())
    const first = await toHtml(renderedOf(chapters), { cache: cold })
    await cold.write()
    const warm = await readBlockCache(path())
    const keys = Object.keys(JSON.parse(readFileSync(path(), 'utf8')) as object)
    assert.equal(keys.length, 2)
    for (const key of keys) assert.ok(warm.get(key))
    assert.equal(await toHtml(renderedOf(chapters), { cache: warm }), first)
    assert.deepEqual(readdirSync(join(root, 'deep')), ['blocks.json'])
  })

  test('should forget what a build did not use', async () => {
    const cache = await readBlockCache(path())
    cache.set('old', '1')
    cache.set('kept', '2')
    await cache.write()
    const next = await readBlockCache(path())
    next.get('kept')
    await next.write()
    assert.deepEqual(Object.keys(JSON.parse(readFileSync(path(), 'utf8')) as object), ['kept'])
    assert.equal((await readBlockCache(path())).get('kept'), '2')
  })

  test('should not write what is there', async () => {
    const cache = await readBlockCache(path())
    cache.set('a', '1')
    await cache.write()
    const { ino } = statSync(path())
    const next = await readBlockCache(path())
    next.get('a')
    await next.write()
    assert.equal(statSync(path()).ino, ino)
  })

  test('should take a damaged file as empty', async () => {
    writeFileSync(join(root, 'blocks.json'), '{"a": 1, "b"')
    assert.equal((await readBlockCache(join(root, 'blocks.json'))).get('a'), undefined)
  })

  test('should take an entry that is not what was written as none', async () => {
    const cache = await readBlockCache(path())
    for (const key of ['a', 'b', 'c', 'd']) cache.set(key, `markup of ${key}`)
    await cache.write()
    const entries = JSON.parse(readFileSync(path(), 'utf8')) as Record<string, string>
    const damaged = {
      ...entries,
      a: entries.a!.replace('markup', 'garbage'),
      b: 'oops',
      c: null,
      // Another key's is not this one's.
      d: entries.b,
    }
    writeFileSync(path(), JSON.stringify({ ...damaged, e: entries.a }))
    const next = await readBlockCache(path())
    for (const key of ['a', 'b', 'c', 'd', 'e']) assert.equal(next.get(key), undefined, key)
  })
})
