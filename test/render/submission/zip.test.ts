import assert from 'node:assert/strict'
import test from 'node:test'
import { unzipSync } from 'fflate'
import { zipFiles } from '../../../src/render/submission/zip.ts'

test('zipFiles should give equal bytes for equal files in any order and time zone', () => {
  const a = { name: 'a/b.txt', bytes: Buffer.from('b'.repeat(1000)) }
  const b = { name: 'a.pdf', bytes: Buffer.from('%PDF') }
  const zone = process.env.TZ
  try {
    process.env.TZ = 'Asia/Tokyo'
    const one = zipFiles([a, b])
    process.env.TZ = 'America/New_York'
    const other = zipFiles([b, a])
    assert.deepEqual(one, other)
    const inside = unzipSync(one)
    assert.deepEqual(Object.keys(inside), ['a.pdf', 'a/b.txt'])
    assert.deepEqual(Buffer.from(inside['a/b.txt']!), a.bytes)
  } finally {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  }
})
