import assert from 'node:assert/strict'
import test from 'node:test'
import { normImages } from '../../../src/experiments/part-c/norm-images.ts'
import { withTrainer } from '../../../src/experiments/part-c/norm-session.ts'
import { engineOf } from '../graph/check-op.ts'
import '../data/draw-once.ts'

const {
  train,
  validation: held,
  classes,
} = await normImages({
  data: 'stand-in-garments',
  images: 200,
  validation: 100,
  signal: new AbortController().signal,
})
const network = {
  depth: 3,
  units: 8,
  activation: 'relu',
  initialization: 'glorot',
  momentum: 0.9,
  pixels: 784,
  classes,
} as const
const settings = { images: train, batchSize: 20, learningRate: 0.1, epochs: 2 }

test('withTrainer', async (t) => {
  await t.test('should start again after a reset, with scaled weights', async () => {
    await withTrainer({ ...network, normalized: true }, await contextOf(), async (trainer) => {
      const first = trainer.network.weights[0]!
      const scores: number[] = []
      for (let time = 0; time < 2; time++) {
        trainer.reset()
        assert.ok(await trainer.train(settings))
        scores.push(await trainer.accuracy(held))
        assert.notDeepEqual((await trainer.session.read(first)).data, first.value!.data)
      }
      assert.equal(scores[0], scores[1])
      trainer.reset({ scale: 2 })
      const doubled = (await trainer.session.read(first)).data
      assert.deepEqual(
        [...doubled],
        [...first.value!.data].map((each) => 2 * each),
      )
      for (const each of trainer.network.variables.slice(1, 5))
        assert.deepEqual((await trainer.session.read(each)).data, each.value!.data)
    })
  })

  await t.test('should score with the statistics of the batch or with the running averages', async () => {
    await withTrainer({ ...network, normalized: true }, await contextOf(), async (trainer) => {
      await trainer.train({ ...settings, epochs: 6 })
      const whole = await trainer.accuracy(held, 'training', 100)
      assert.ok(whole > 0.3, `${whole}`)
      assert.notEqual(await trainer.accuracy(held, 'training', 2), whole)
      // The running averages give the same result for all batch sizes.
      assert.equal(
        await trainer.accuracy(held, 'inference', 2),
        await trainer.accuracy(held, 'inference', 100),
      )
    })
  })

  await t.test('should return false if the loss did not stay finite', async () => {
    await withTrainer({ ...network, normalized: false }, await contextOf(), async (trainer) => {
      assert.equal(await trainer.train({ ...settings, learningRate: 1e6 }), false)
      trainer.reset()
      assert.equal(await trainer.train(settings), true)
    })
  })

  await t.test('should rethrow other errors, and close its session', async () => {
    const controller = new AbortController()
    controller.abort(new Error('stopped'))
    const context = { ...(await contextOf()), signal: controller.signal }
    const kept = await withTrainer({ ...network, normalized: true }, context, async (trainer) => {
      await assert.rejects(trainer.train(settings), /stopped/)
      return trainer
    })
    await assert.rejects(kept.accuracy(held), /session that is closed/)
  })
})

async function contextOf() {
  return {
    seed: 1,
    engine: await engineOf('onnx'),
    signal: new AbortController().signal,
    progress() {},
    measure() {},
  }
}
