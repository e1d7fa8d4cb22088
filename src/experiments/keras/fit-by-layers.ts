import { setImmediate } from 'node:timers/promises'
import type { Optimizer, Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { add, mean, mul, sum, tensor, tidy } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { metrics } from '@tensorflow/tfjs-layers'
import { epochPieces, shuffledRows } from '../graph/epoch.ts'
import { NotFiniteError } from '../graph/session-checks.ts'
import type { Settings, Trained } from './follow.ts'
import { followEpoch } from './follow.ts'
import type { EpochLogs } from './history.ts'
import { lossFor } from './loss.ts'
import type { Feeding } from './samples.ts'
import { rounded } from './samples.ts'
import { loadWeights, saveWeights } from './weights.ts'

const rowsOfScore = 1000

/** Trains with TensorFlow.js' own `model.fit`, in the same batches, for models that the graph cannot hold. */
export async function fitByLayers(
  model: LayersModel,
  optimizer: Optimizer,
  settings: Settings,
): Promise<EpochLogs[]> {
  const { train, epochs, seed, callbacks, signal } = settings
  const outputs = model.outputs[0]!.shape.at(-1)!
  const loss = settings.loss ?? lossFor(lastActivation(model))
  const dataLoss = honest(metrics[loss] as Metric)
  const accuracy: Metric = outputs === 1 ? metrics.binaryAccuracy : metrics.categoricalAccuracy
  model.compile({ optimizer, loss, metrics: [dataLoss, accuracy] })
  const trained = trainedOf(model, { loss: dataLoss, accuracy })
  const logs: EpochLogs[] = []
  for (let epoch = 1; epoch <= epochs; epoch++) {
    await setImmediate()
    signal?.throwIfAborted()
    const order = shuffledRows(train.count, seed, epoch)
    const { loss, accuracy, seconds } = await fitEpoch(model, order, { ...settings, epoch })
    const running = { epoch, loss, accuracy: rounded(accuracy, train.count), seconds }
    if ((await followEpoch(running, trained, settings, logs)) === 'stop') break
  }
  for (const each of callbacks) await each.onTrainEnd?.(trained)
  return logs
}

type Metric = (yTrue: Tensor, yPred: Tensor) => Tensor

/**
 * Makes a loss NaN if a prediction is not finite. A cross entropy clips probabilities, and clipped on WebAssembly NaN
 * is a number. Adding 0 to other losses does not change them.
 */
function honest(loss: Metric): Metric {
  return (yTrue, yPred) => add(loss(yTrue, yPred), mul(sum(yPred), 0))
}

/**
 * Runs one epoch, some batches at a time, so that not all samples are tensors at once.
 * @throws NotFiniteError
 */
async function fitEpoch(
  model: LayersModel,
  order: Int32Array,
  settings: Settings & { readonly epoch: number },
) {
  const { train, batchSize, signal, epoch } = settings
  const sums = { loss: 0, accuracy: 0, seconds: 0 }
  for (const piece of epochPieces(train.count, batchSize)) {
    const rows = order.subarray(piece.first, piece.first + piece.steps * piece.batchSize)
    const { loss, accuracy, seconds } = await fitOnce(model, tensorsOf(model, train, rows), settings)
    signal?.throwIfAborted()
    if (!Number.isFinite(loss)) {
      throw new NotFiniteError(
        `Cannot train on, expected a finite loss, found ${loss} in epoch ${epoch}: the learning rate may be too large, or the data not finite`,
      )
    }
    sums.loss += loss * rows.length
    sums.accuracy += accuracy * rows.length
    sums.seconds += seconds
  }
  return {
    loss: sums.loss / train.count,
    accuracy: sums.accuracy / train.count,
    seconds: sums.seconds,
  }
}

/** Trains on some batches and disposes of their tensors. */
async function fitOnce(model: LayersModel, [x, y]: [Tensor, Tensor2D], { batchSize, signal }: Settings) {
  const startedAt = performance.now()
  const onBatchEnd = () => {
    if (signal?.aborted) model.stopTraining = true
  }
  try {
    const { history } = await model.fit(x, y, {
      batchSize,
      epochs: 1,
      shuffle: false,
      verbose: 0,
      ...(signal ? { callbacks: { onBatchEnd } } : {}),
    })
    const seconds = (performance.now() - startedAt) / 1000
    // The values are in the order of `metrics`, whatever names Keras gives them; the first is loss plus penalty.
    const [, loss, accuracy] = Object.values(history).map(([only]) => only as number)
    return { loss: loss!, accuracy: accuracy!, seconds }
  } catch (cause) {
    throw explained(cause as Error, model.name)
  } finally {
    x.dispose()
    y.dispose()
  }
}

/** Explains a missing kernel. WebAssembly runs all layers, but has no gradients of convolutions and embeddings. */
function explained(cause: Error, name: string): Error {
  const [, kernel, backend] = /^Kernel '(\w+)' not registered for backend '(\w+)'/.exec(cause.message) ?? []
  if (!kernel) return cause
  return new Error(
    `Cannot train \`${name}\` by TensorFlow.js, its backend ${backend} has no ${kernel}: install @tensorflow/tfjs-node`,
    { cause },
  )
}

/** Names the activation that the model ends with. */
function lastActivation(model: LayersModel): string {
  const last = model.layers.at(-1)!
  if (last.getClassName() === 'Softmax') return 'softmax'
  return String(last.getConfig().activation ?? 'linear')
}

/** Gives what callbacks may do with the model in training, some rows at a time. */
function trainedOf(model: LayersModel, means: { readonly loss: Metric; readonly accuracy: Metric }): Trained {
  return {
    async score(samples) {
      const sums = { loss: 0, accuracy: 0 }
      for (let from = 0; from < samples.count; from += rowsOfScore) {
        const rows = Int32Array.from(
          { length: Math.min(rowsOfScore, samples.count - from) },
          (_, row) => from + row,
        )
        const found = tidy(() => {
          const [x, y] = tensorsOf(model, samples, rows)
          const predicted = model.predict(x) as Tensor
          const meanOf = (of: Metric) => mean(of(y, predicted)).dataSync()[0]!
          return { loss: meanOf(means.loss), accuracy: meanOf(means.accuracy) }
        })
        if (!Number.isFinite(found.loss)) {
          throw new NotFiniteError(
            `Cannot evaluate, expected finite metrics, found ${found.loss}: data or variables may not be finite`,
          )
        }
        sums.loss += found.loss * rows.length
        sums.accuracy += found.accuracy * rows.length
      }
      return {
        loss: sums.loss / samples.count,
        accuracy: rounded(sums.accuracy / samples.count, samples.count),
      }
    },
    penalty: async () =>
      tidy(() => model.calculateLosses().reduce((sum, each) => sum + each.dataSync()[0]!, 0)),
    save: async () => saveWeights(model),
    load: async (bytes) => loadWeights(model, bytes),
  }
}

/** Gives some rows of samples as tensors: pixels in [0, 1], one-hot classes. */
function tensorsOf(model: LayersModel, { x, y, count }: Feeding, rows: Int32Array): [Tensor, Tensor2D] {
  const inputs = x.data.length / count
  const outputs = model.outputs[0]!.shape.at(-1)!
  const scale = x.dtype === 'uint8' ? 1 / 255 : 1
  const pixels = new Float32Array(rows.length * inputs)
  const targets = new Float32Array(rows.length * outputs)
  for (const [at, row] of rows.entries()) {
    for (let each = 0; each < inputs; each++)
      pixels[at * inputs + each] = x.data[row * inputs + each]! * scale
    if (y.dtype !== 'uint8')
      targets.set((y.data as Float32Array).subarray(row * outputs, (row + 1) * outputs), at * outputs)
    else if (outputs === 1) targets[at] = y.data[row]!
    else targets[at * outputs + y.data[row]!] = 1
  }
  const shape = [rows.length, ...(model.inputs[0]!.shape.slice(1) as number[])]
  return [tensor(pixels, shape), tensor(targets, [rows.length, outputs]) as Tensor2D]
}
