import assert from 'node:assert/strict'
import test from 'node:test'
import { fit } from '../../../src/experiments/keras/index.ts'
import type { Samples } from '../../../src/experiments/keras/samples.ts'
import { feeding, rounded } from '../../../src/experiments/keras/samples.ts'
import { engineOf } from '../graph/check-op.ts'
import { classifier, samplesOf, weightsOf } from './models.ts'

const [inputs, outputs] = [4, 3]

test('feeding', async (t) => {
  await t.test('should give the samples with their shapes, without a copy', () => {
    const x = new Float32Array(8)
    const y = Uint8Array.of(0, 2)
    const fed = feeding({ x, y }, inputs, outputs, 'train')
    assert.deepEqual(
      [fed.count, fed.x.shape, fed.x.dtype, fed.y.shape, fed.y.dtype],
      [2, [2, 4], 'float32', [2], 'uint8'],
    )
    assert.equal(fed.x.data, x)
    const numbers = feeding({ x: new Uint8Array(8), y: new Float32Array(6) }, inputs, outputs, 'train')
    assert.deepEqual([numbers.x.dtype, numbers.y.shape], ['uint8', [2, 3]])
  })

  const wrong: Readonly<Record<string, readonly [Samples, string]>> = {
    'x that is no whole number of samples': [
      { x: new Uint8Array(9), y: new Uint8Array(2) },
      'expected x [count, 4], found 9 elements',
    ],
    'no samples': [
      { x: new Float32Array(0), y: new Uint8Array(0) },
      'expected x [count, 4], found 0 elements',
    ],
    'too few classes': [
      { x: new Uint8Array(8), y: new Uint8Array(1) },
      'expected 2 x 1 elements of y, found 1',
    ],
    'too many classes': [
      { x: new Uint8Array(8), y: new Uint8Array(6) },
      'expected 2 x 1 elements of y, found 6',
    ],
    'too few numbers': [
      { x: new Uint8Array(8), y: new Float32Array(2) },
      'expected 2 x 3 elements of y, found 2',
    ],
    'a class that the model does not have': [
      { x: new Uint8Array(8), y: Uint8Array.of(0, 3) },
      'expected classes 0 to 2, found 3 in row 1',
    ],
  }
  for (const [what, [samples, reason]] of Object.entries(wrong)) {
    await t.test(`should refuse ${what}`, () =>
      assert.throws(() => feeding(samples, inputs, outputs, 'validation'), {
        message: `Cannot use the samples of \`validation\`, ${reason}`,
      }),
    )
  }

  await t.test('should allow two classes for one output', () => {
    const x = new Uint8Array(8)
    assert.equal(feeding({ x, y: Uint8Array.of(0, 1) }, inputs, 1, 'train').count, 2)
    assert.throws(() => feeding({ x, y: Uint8Array.of(2, 1) }, inputs, 1, 'train'), {
      message: 'Cannot use the samples of `train`, expected classes 0 to 1, found 2 in row 0',
    })
  })
})

test('fit', async (t) => {
  await t.test('should name unusable samples before it trains', async () => {
    const engine = await engineOf('onnx')
    const good = samplesOf(10)
    const bad = { x: good.x, y: good.y.slice(1) }
    const model = classifier()
    const before = weightsOf(model)
    const options = { engine, optimizer: 'sgd', epochs: 1 } as const
    const message = (name: string) => ({
      message: `Cannot use the samples of \`${name}\`, expected 10 x 1 elements of y, found 9`,
    })
    await assert.rejects(fit(model, bad, options), message('train'))
    await assert.rejects(fit(model, good, { ...options, validation: bad }), message('validation'))
    await assert.rejects(fit(model, good, { ...options, scored: { fresh: bad } }), message('fresh'))
    assert.deepEqual(weightsOf(model), before)
  })
})

test('rounded', async (t) => {
  await t.test('should give a whole number of correct answers, divided by their count', () => {
    assert.equal(rounded(Math.fround(2 / 3), 3), 2 / 3)
    assert.equal(rounded(0.999999, 190), 1)
  })
})
