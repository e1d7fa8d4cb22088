import assert from 'node:assert/strict'
import test from 'node:test'
import { splitProgram } from '../../../../src/experiments/graph/engines/onnx/split-programs.ts'
import {
  cast,
  div,
  gradientDescent,
  matMul,
  oneHot,
  placeholder,
  reduceMean,
  softmaxCrossEntropyWithLogits,
  variable,
} from '../../../../src/experiments/graph/index.ts'
import { assertClose, float32Of, onBoth, random, valueTolerance } from '../check-op.ts'

const [rows, features, classes] = [6000, 5, 3]
const bytes = Uint8Array.from(random([rows * features], 1, [0, 256]).data)
const labels = Int32Array.from({ length: rows }, (_, row) => bytes[row * features]! % classes)
const floats = {
  x: Float32Array.from(bytes, (each) => each / 255),
  labels: Float32Array.from({ length: rows * classes }, (_, at) =>
    Number(labels[Math.floor(at / classes)] === at % classes),
  ),
}

test('train on bytes and class numbers', async (t) => {
  const ways = {
    'in small batches': { batchSize: 64 },
    shuffled: { batchSize: 64, shuffleSeed: 3 },
    'all at once': {},
  }
  for (const [name, way] of Object.entries(ways)) {
    await t.test(`should give the same as fractions and one-hot rows: ${name}`, () =>
      onBoth(async (session) => {
        const weights = () => variable('weights', float32Of(random([features, classes], 2)))
        const minimize = (loss: Parameters<ReturnType<typeof gradientDescent>['minimize']>[0]) =>
          gradientDescent({ learningRate: 0.5 }).minimize(loss)
        const plain = minimize(
          reduceMean(
            softmaxCrossEntropyWithLogits({
              labels: placeholder('labels', [null, classes]),
              logits: matMul(placeholder('x', [null, features]), weights()),
            }),
          ),
        )
        const x = div(cast(placeholder('x', [null, features], 'uint8'), 'float32'), 255)
        const packed = minimize(
          reduceMean(
            softmaxCrossEntropyWithLogits({
              labels: oneHot(placeholder('labels', [null], 'int32'), classes),
              logits: matMul(x, weights()),
            }),
          ),
        )
        assert.ok(splitProgram({ step: packed, metrics: [], batchSize: rows, hasOrder: false }))
        const wanted = await session.train(plain, { data: floats, epochs: 2, ...way })
        const found = await session.train(packed, { data: { x: bytes, labels }, epochs: 2, ...way })
        const losses = (epochs: typeof found) => epochs.map(({ loss }) => loss)
        assert.ok(losses(wanted)[1]! < losses(wanted)[0]!)
        assertClose(losses(found), losses(wanted), valueTolerance, name)
      }),
    )
  }
})
