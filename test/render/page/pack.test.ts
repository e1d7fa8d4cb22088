import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'
import { deflateRawSync, inflateRawSync, inflateSync } from 'node:zlib'
import { packed, packedBytes, version } from '../../../src/render/page/pack.ts'

const text = 'A page, a page, a page.'
const bytes = new TextEncoder().encode(text)

describe('packing', () => {
  test('should pack so that others unpack it', () => {
    assert.equal(inflateRawSync(Buffer.from(packed(text), 'base64')).toString(), text)
    assert.equal(inflateSync(packedBytes(bytes)).toString(), text)
  })

  test('should give the same with a cache and without', () => {
    const cache = new Map<string, string>()
    for (let time = 0; time < 2; time++) {
      assert.equal(packed(text, cache), packed(text))
      assert.deepEqual(packedBytes(bytes, cache), packedBytes(bytes))
    }
    assert.equal(cache.size, 2)
  })

  test('should take what the cache has, of this content and this form only', () => {
    const cache = new Map<string, string>()
    packed(text, cache)
    const other = deflateRawSync('other').toString('base64')
    for (const key of cache.keys()) cache.set(key, other)
    assert.equal(packed(text, cache), other)
    assert.equal(packed(`${text} `, cache), packed(`${text} `))
    assert.deepEqual(packedBytes(bytes, cache), packedBytes(bytes))
  })

  test('should name the version that packs', () => {
    const { resolve } = createRequire(import.meta.url)
    const { version: installed } = createRequire(import.meta.url)(resolve('fflate/package.json'))
    assert.equal(version, `fflate ${installed}`)
  })
})
