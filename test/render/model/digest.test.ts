import assert from 'node:assert/strict'
import test from 'node:test'
import { canonicalJson, digestInOrder, digestOf, sha256 } from '../../../src/render/model/digest.ts'
import type { Json } from '../../../src/render/model/types.ts'

test('sha256 should hash bytes, or a text in UTF-8', () => {
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  assert.equal(sha256('abc'), abc)
  assert.equal(sha256(new Uint8Array([97, 98, 99])), abc)
  assert.equal(sha256('ü'), sha256(new Uint8Array([0xc3, 0xbc])))
})

test('canonicalJson should write equal JSON equally', () => {
  const cases: [Json, string][] = [
    [null, 'null'],
    [-0, '0'],
    [1e21, '1e+21'],
    ['ü\n"\u2028', '"ü\\n\\"\u2028"'],
    [[], '[]'],
    [{}, '{}'],
    [
      { b: [1, { d: 1, c: 2 }], a: true, Z: 'z', 10: 1, 9: 2 },
      '{"10":1,"9":2,"Z":"z","a":true,"b":[1,{"c":2,"d":1}]}',
    ],
  ]
  for (const [value, text] of cases) {
    assert.equal(canonicalJson(value), text)
    assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)))
  }
})

test('digestOf should not depend on the order of members, but digestInOrder should', () => {
  const [left, right] = [
    { a: 1, b: [1, 2] },
    { b: [1, 2], a: 1 },
  ]
  assert.equal(digestOf(left), digestOf(right))
  assert.notEqual(digestInOrder(left), digestInOrder(right))
  const others: Json[] = [{ a: 1, b: [2, 1] }, { a: '1', b: [1, 2] }, { a: 1 }, [1, 2], null]
  assert.equal(new Set([left, ...others].map(digestOf)).size, others.length + 1)
})
