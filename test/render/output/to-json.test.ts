import assert from 'node:assert/strict'
import test from 'node:test'
import { runInNewContext } from 'node:vm'
import { assertJson, NotJson } from '../../../src/render/output/to-json.ts'

test('assertJson should accept what JSON gives back', () => {
  const shared = { a: 1 }
  const value = { text: 'x', list: [1, -2.5, true, null, [], {}], twice: [shared, shared], 'a key': 0 }
  assertJson(value, 'x')
  assert.deepEqual(JSON.parse(JSON.stringify(value)), value)
})

test('assertJson should accept objects of another realm and without a prototype', () => {
  assertJson(runInNewContext('({ a: [1, { b: null }] })'), 'x')
  assertJson(Object.assign(Object.create(null), { a: 1 }), 'x')
})

test('assertJson should take a member that is undefined for an absent one', () => {
  assertJson({ a: undefined }, 'x')
})

test('assertJson should name the path of what it refuses', () => {
  const loss = Array.from({ length: 20 }, () => 0.5)
  loss[17] = Number.NaN
  const cycle: { self?: unknown } = {}
  cycle.self = [cycle]
  class Model {}
  const cases: [unknown, string][] = [
    [{ history: { loss } }, 'binary.history.loss[17]: NaN'],
    [[-Infinity], 'binary[0]: -Infinity'],
    [undefined, 'binary: expected JSON, found undefined'],
    [[1, undefined], 'binary[1]: expected JSON, found undefined'],
    [new Array(1), 'binary[0]: expected JSON, found undefined'],
    [{ at: new Date(0) }, 'binary.at: expected JSON, found a Date'],
    [{ map: new Map() }, 'binary.map: expected JSON, found a Map'],
    [{ set: new Set() }, 'binary.set: expected JSON, found a Set'],
    [{ weights: new Float32Array(2) }, 'binary.weights: expected JSON, found a Float32Array'],
    [{ model: new Model() }, 'binary.model: expected JSON, found a Model'],
    [{ f() {} }, 'binary.f: expected JSON, found a function f'],
    [{ big: 5n }, 'binary.big: expected JSON, found a bigint 5n'],
    [{ sign: Symbol('s') }, 'binary.sign: expected JSON, found a symbol s'],
    [{ [Symbol('s')]: 1 }, 'binary: expected JSON, found a member named by Symbol(s)'],
    [{ 'two words': { 'a.b': Number.NaN } }, 'binary["two words"]["a.b"]: NaN'],
    [{ when: Promise.resolve() }, 'binary.when: expected JSON, found a Promise'],
    [cycle, 'binary.self[0]: expected JSON, found a cycle'],
  ]
  for (const [value, message] of cases) {
    assert.throws(
      () => assertJson(value, 'binary'),
      (error) => error instanceof NotJson && error.message === message,
      message,
    )
  }
})
