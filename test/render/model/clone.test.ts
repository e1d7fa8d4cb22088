import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clone } from '../../../src/render/model/clone.ts'

test('clone should copy as structuredClone does', () => {
  const shared = { start: { line: 1 } }
  const values: unknown[] = [
    ...[undefined, null, 1, Number.NaN, 'text', true, [], {}],
    { type: 'root', children: [{ position: shared }, { position: shared, value: undefined }] },
    JSON.parse('{"__proto__":{"a":1},"constructor":2}'),
    Object.assign(Object.create(null), { a: [1, [2]] }),
    { date: new Date(0), map: new Map([[1, { a: 1 }]]), set: new Set([1]) },
  ]
  for (const value of values) assert.deepEqual(clone(value), structuredClone(value))
})

test('clone should share in the copy what is shared, and nothing with what it copies', () => {
  const shared = { line: 1 }
  const ring: Record<string, unknown> = { one: shared, other: [shared] }
  ring.self = ring
  const copy = clone(ring) as { one: object; other: object[]; self: unknown }
  assert.equal(copy.one, copy.other[0])
  assert.equal(copy.self, copy)
  assert.notEqual(copy.one, shared)
  assert.deepEqual(Object.getPrototypeOf(clone(JSON.parse('{"__proto__":{"a":1}}'))), Object.prototype)
})
