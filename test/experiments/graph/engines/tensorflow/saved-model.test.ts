import assert from 'node:assert/strict'
import test from 'node:test'
import { PbfReader } from 'pbf'
import { writeSavedModel } from '../../../../../src/experiments/graph/engines/tensorflow/saved-model.ts'

/** Reads the fields of a message: numbers, or bytes. */
function fieldsOf(bytes: Uint8Array): [number, number | Uint8Array][] {
  const found: [number, number | Uint8Array][] = []
  new PbfReader(bytes).readFields((tag, _, pbf) => {
    found.push([tag, pbf.type === 2 ? pbf.readBytes() : pbf.readVarint(true)])
  }, undefined)
  return found
}

const inside = (bytes: Uint8Array, ...path: readonly number[]): Uint8Array =>
  path.reduce((at, tag) => fieldsOf(at).find(([found]) => found === tag)![1] as Uint8Array, bytes)
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

test('writeSavedModel', async (t) => {
  const value = { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) } as const
  const bytes = writeSavedModel([
    { name: 'a', op: 'Const', inputs: ['^b'], attributes: { value: { tensor: value } } },
    {
      name: 'b',
      op: 'Placeholder',
      inputs: [],
      attributes: { dtype: { type: 'uint8' }, shape: { shape: [-1, 3] }, is: { bool: true }, n: { int: 7 } },
    },
  ])

  await t.test('should give the graph its tag and its version', () => {
    assert.deepEqual(fieldsOf(bytes)[0], [1, 1])
    assert.equal(text(inside(bytes, 2, 1, 4)), 'serve')
    assert.deepEqual(fieldsOf(inside(bytes, 2, 2, 4)), [[1, 1087]])
  })

  await t.test('should write names, inputs and tensors', () => {
    const node = inside(bytes, 2, 2, 1)
    assert.deepEqual(
      [1, 2, 3].map((tag) => text(inside(node, tag))),
      ['a', 'Const', '^b'],
    )
    const tensor = inside(node, 5, 2, 8)
    assert.deepEqual(fieldsOf(tensor)[0], [1, 1])
    assert.deepEqual(new Float32Array(inside(tensor, 4).slice().buffer), value.data)
  })

  await t.test('should write types, unknown sizes, flags and numbers', () => {
    const graph = fieldsOf(inside(bytes, 2, 2))
    const [, second] = graph.filter(([tag]) => tag === 1)[1]!
    const attributes = new Map(
      fieldsOf(second as Uint8Array)
        .filter(([tag]) => tag === 5)
        .map(([, entry]) => [text(inside(entry as Uint8Array, 1)), inside(entry as Uint8Array, 2)]),
    )
    assert.deepEqual(fieldsOf(attributes.get('dtype')!), [[6, 4]])
    assert.deepEqual(fieldsOf(attributes.get('is')!), [[5, 1]])
    assert.deepEqual(fieldsOf(attributes.get('n')!), [[3, 7]])
    const sizes = fieldsOf(inside(attributes.get('shape')!, 7)).map(
      ([, each]) => fieldsOf(each as Uint8Array)[0]![1],
    )
    assert.deepEqual(sizes, [-1, 3])
  })
})
