import assert from 'node:assert/strict'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import * as core from '@tensorflow/tfjs-core'
import type { Callback, EpochLogs, FitOptions, Training } from '../../../src/experiments/keras/index.ts'
import {
  checkpoint,
  earlyStopping,
  fit,
  loadWeights,
  saveWeights,
} from '../../../src/experiments/keras/index.ts'
import { temporaryFolder } from '../data/temporary-folder.ts'
import { engineOf } from '../graph/check-op.ts'
import type { Model } from './models.ts'
import { chain, classes, classifier, dense, samplesOf } from './models.ts'

/** Absolute tolerance of a loss that is computed again. */
const tolerance = 1e-6
// With few samples and large steps the network overfits, and the validation loss rises.
const samples = samplesOf(30)
const validation = samplesOf(60, 2)

/** Both ways of training: a model that is lowered, and one that is not. */
const ways: Readonly<Record<string, () => Model>> = {
  lowered: () => classifier(),
  'by model.fit': () =>
    chain([
      dense({ units: 12, activation: 'elu', seed: 3 }),
      dense({ units: classes, activation: 'softmax', seed: 4 }),
    ]),
}

test('earlyStopping', async (t) => {
  const cases = [
    { losses: [3, 2, 2.5, 2.4, 1], patience: 2, epochs: 4, best: 2 },
    { losses: [3, 2, 2.5, 1.9, 2, 2, 2], patience: 2, epochs: 6, best: 4 },
    { losses: [3, 2, 2, 1], patience: 1, epochs: 3, best: 2 },
    { losses: [3, 2, 1], patience: 1, epochs: 3, best: 3 },
    // With patience 0, the first epoch without improvement ends the training, as with patience 1.
    { losses: [3, 4, 1], patience: 0, epochs: 2, best: 1 },
    { losses: [3, 2.9, 2.8, 2.4, 2.4], patience: 2, minDelta: 0.5, epochs: 3, best: 1 },
    // The best value changes only by steps that count.
    { losses: [3, 2.7, 2.4, 2.2, 2], patience: 2, minDelta: 0.5, epochs: 5, best: 3 },
    { losses: [3, 2.5, 1], patience: 1, minDelta: 0.5, epochs: 2, best: 1 },
    { losses: [Number.NaN, 2, 3], patience: 2, epochs: 3, best: 2 },
  ]
  for (const { losses, epochs, best, ...options } of cases) {
    await t.test(`should stop ${losses} after ${epochs} epochs: ${JSON.stringify(options)}`, async () => {
      const found = await follow(earlyStopping(options), losses, (validationLoss) => ({ validationLoss }))
      assert.deepEqual(found, { epochs, restored: best })
    })
  }

  await t.test('should treat a larger accuracy as better', async () => {
    for (const monitor of ['accuracy', 'validationAccuracy'] as const) {
      const callback = earlyStopping({ monitor, patience: 2 })
      const found = await follow(callback, [0.5, 0.7, 0.6, 0.7, 0.9], (value) => ({ [monitor]: value }))
      assert.deepEqual(found, { epochs: 4, restored: 2 })
    }
  })

  await t.test('should keep the last weights if the best ones need not be restored', async () => {
    const callback = earlyStopping({ patience: 1, restoreBest: false })
    const found = await follow(callback, [3, 2, 4, 1], (validationLoss) => ({ validationLoss }))
    assert.deepEqual(found, { epochs: 3, restored: null })
  })

  for (const [way, make] of Object.entries(ways)) {
    for (const engine of ['onnx', 'tfjs'] as const) {
      await t.test(`should restore the model of the best epoch: ${way}, ${engine}`, async () => {
        const model = make()
        const { history, epochs } = await trained(
          model,
          { callbacks: [earlyStopping({ patience: 3 })] },
          engine,
        )
        const best = Math.min(...history.validationLoss)
        assert.equal(epochs, history.validationLoss.length)
        assert.equal(history.validationLoss.indexOf(best), epochs - 4)
        assert.ok(epochs < 40, 'it has not stopped')
        assert.ok(Math.abs(lossOf(model) - best) < tolerance, `it has ${lossOf(model)}, expected ${best}`)
      })
    }
  }

  await t.test('should restore the best epoch if the epochs end before its patience', async () => {
    const model = classifier()
    const { history } = await trained(model, { epochs: 30, callbacks: [earlyStopping({ patience: 1000 })] })
    assert.equal(history.loss.length, 30)
    assert.ok(Math.abs(lossOf(model) - Math.min(...history.validationLoss)) < tolerance)
    assert.ok(lossOf(model) < history.validationLoss.at(-1)! - 1e-3)
  })

  for (const [way, make] of Object.entries(ways)) {
    await t.test(`should require validation samples: ${way}`, async () => {
      const message = 'Cannot follow `validationLoss`, expected `validation` samples for fit, found none'
      const options = { validation: undefined, callbacks: [earlyStopping()] }
      await assert.rejects(trained(make(), options), { message })
      // A training loss needs no validation samples.
      const callbacks = [earlyStopping({ monitor: 'loss' })]
      await trained(make(), { validation: undefined, epochs: 2, callbacks })
    })
  }
})

test('checkpoint', async (t) => {
  for (const [way, make] of Object.entries(ways)) {
    await t.test(`should contain all weights of the best epoch so far: ${way}`, async (t) => {
      const folder = await temporaryFolder(t)
      const path = join(folder, 'best.safetensors')
      const model = make()
      const kept: Uint8Array[] = []
      const losses: number[] = []
      const { history } = await trained(model, {
        epochs: 25,
        callbacks: [
          checkpoint({ path }),
          {
            async onEpochEnd({ validationLoss }, training) {
              kept.push(await training.save())
              losses.push(validationLoss!)
              const best = kept[losses.indexOf(Math.min(...losses))]!
              assert.deepEqual(await readdir(folder), ['best.safetensors'])
              assert.deepEqual(new Uint8Array(await readFile(path)), best)
              return undefined
            },
          },
        ],
      })
      const best = Math.min(...history.validationLoss)
      assert.ok(history.validationLoss.at(-1)! > best, 'the last epoch is the best one')
      loadWeights(model, await readFile(path))
      assert.ok(Math.abs(lossOf(model) - best) < tolerance)
    })
  }

  await t.test('should report the path that it cannot write, and leave nothing', async (t) => {
    const folder = await temporaryFolder(t)
    const path = join(folder, 'missing', 'best.safetensors')
    await assert.rejects(trained(classifier(), { callbacks: [checkpoint({ path })] }), (error: Error) => {
      assert.match(error.message, /^Cannot write the checkpoint `.*missing\/best\.safetensors`, ENOENT: /)
      assert.ok(error.cause)
      return true
    })
    const taken = join(folder, 'taken')
    await mkdir(taken)
    await assert.rejects(
      trained(classifier(), { callbacks: [checkpoint({ path: taken })] }),
      /^Error: Cannot write the checkpoint `.*taken`, E/,
    )
    assert.deepEqual(await readdir(folder), ['taken'])
  })

  await t.test('should report a read-only folder', async (t) => {
    if (process.getuid?.() === 0) return t.skip('root may write everywhere')
    const folder = await temporaryFolder(t)
    await chmod(folder, 0o500)
    await assert.rejects(
      trained(classifier(), { callbacks: [checkpoint({ path: join(folder, 'best') })] }),
      /^Error: Cannot write the checkpoint `.*best`, EACCES/,
    )
  })

  await t.test('should overwrite an older file', async (t) => {
    const path = join(await temporaryFolder(t), 'best.safetensors')
    await writeFile(path, 'what was there')
    const model = classifier()
    await trained(model, { epochs: 1, callbacks: [checkpoint({ path, monitor: 'loss' })] })
    assert.deepEqual(new Uint8Array(await readFile(path)), saveWeights(model))
  })
})

test('callbacks', async (t) => {
  for (const [way, make] of Object.entries(ways)) {
    await t.test(`should all be called in their order, and any may stop: ${way}`, async () => {
      const calls: string[] = []
      const watcher = (name: string, last = 99): Callback => ({
        async onEpochEnd({ epoch }) {
          await Promise.resolve()
          calls.push(`${name}${epoch}`)
          return epoch === last ? 'stop' : undefined
        },
        onTrainEnd: () => void calls.push(`${name} ends`),
      })
      const callbacks = [watcher('a'), watcher('b', 2), watcher('c'), {}]
      const { epochs, history } = await trained(make(), { callbacks })
      assert.equal(epochs, 2)
      assert.equal(history.loss.length, 2)
      assert.deepEqual(calls, ['a1', 'b1', 'c1', 'a2', 'b2', 'c2', 'a ends', 'b ends', 'c ends'])
    })

    await t.test(`should see the best weights at the end only after early stopping: ${way}`, async () => {
      const ends: Uint8Array[] = []
      const watcher: Callback = { onTrainEnd: async (training) => void ends.push(await training.save()) }
      const model = make()
      await trained(model, { callbacks: [watcher, earlyStopping({ patience: 3 }), watcher] })
      assert.notDeepEqual(ends[0], ends[1])
      assert.deepEqual(ends[1], saveWeights(model))
    })

    await t.test(`should be able to set weights: ${way}`, async () => {
      const model = make()
      const first = saveWeights(model)
      const rewind: Callback = {
        onEpochEnd: async (_, training) => void (await training.load(first)),
      }
      await trained(model, { epochs: 2, callbacks: [rewind] })
      assert.deepEqual(saveWeights(model), first)
    })

    await t.test(
      `should end the training with an error, with the callback's own message: ${way}`,
      async () => {
        const broken: Callback = { onEpochEnd: () => assert.fail('broken') }
        await assert.rejects(trained(make(), { callbacks: [broken] }), { message: 'broken' })
      },
    )
  }
})

/** Passes values to a callback, one per epoch; gives the number of epochs that ran, and the epoch that it restores. */
async function follow(
  callback: Callback,
  values: readonly number[],
  logsOf: (value: number) => Partial<EpochLogs>,
): Promise<{ epochs: number; restored: number | null }> {
  let [epochs, restored] = [0, null as number | null]
  const training: Training = {
    save: async () => Uint8Array.of(epochs),
    load: async ([epoch]) => {
      restored = epoch!
    },
  }
  for (const value of values) {
    epochs++
    const plain = { epoch: epochs, epochs: 9, loss: 0, accuracy: 0, penalty: 0, scored: {}, seconds: 0 }
    if ((await callback.onEpochEnd?.({ ...plain, ...logsOf(value) }, training)) === 'stop') break
  }
  await callback.onTrainEnd?.(training)
  return { epochs, restored }
}

async function trained(model: Model, options: Partial<FitOptions>, name: string = 'onnx') {
  return fit(model, samples, {
    engine: await engineOf(name),
    optimizer: core.train.adam(0.03),
    epochs: 40,
    batchSize: 10,
    validation,
    report: () => undefined,
    ...options,
  })
}

/** Gives the mean cross entropy of the validation samples, computed by TensorFlow.js. */
function lossOf(model: Model): number {
  return core.tidy(() => {
    const predicted = model.predict(core.tensor2d(validation.x, [60, 20])) as core.Tensor
    const probabilities = predicted.dataSync()
    const sum = validation.y.reduce(
      (all, label, row) => all - Math.log(probabilities[row * classes + label]!),
      0,
    )
    return sum / 60
  })
}
