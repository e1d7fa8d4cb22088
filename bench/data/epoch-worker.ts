// A process that loads letters, trains a network for one epoch, and prints its time and memory.
import type { LabelledImages } from '../../src/experiments/data/dataset.ts'
import { letters } from '../../src/experiments/data/letter-sets.ts'
import { openEngine } from '../../src/experiments/graph/engines/index.ts'
import { fit, keras } from '../../src/experiments/keras/index.ts'
import { buildModel } from '../../src/experiments/part-b/build-model.ts'
import type { Answer, Order } from './epochs.ts'
import { peakBytes } from './peak-bytes.ts'

const { pin, network } = JSON.parse(process.argv[2]!) as Order
const startedAt = performance.now()
const { splits } = await letters('notmnist-h5').load({ pin })
const loadSeconds = (performance.now() - startedAt) / 1000
const rows = splits.train.count
const trained = network ? await trainOnce(network) : undefined
const answer: Answer = { rows, loadSeconds, peakBytes: peakBytes(), ...trained }
console.log(JSON.stringify(answer))

async function trainOnce({ hidden, dropout }: NonNullable<Order['network']>) {
  const engine = await openEngine()
  const tf = await keras()
  const model = buildModel(tf, { inputs: 784, hidden, classes: 10, dropout, l1: 0, l2: 0 }, 1)
  const startedAt = performance.now()
  const { history, fallback } = await fit(model, samplesOf(splits.train), {
    engine,
    optimizer: tf.train.momentum(0.02, 0.9),
    epochs: 1,
    batchSize: 256,
    validation: samplesOf(splits.validation),
    seed: 1,
  })
  if (fallback !== null) throw new Error(`Unexpected fallback: ${fallback}`)
  const fitSeconds = (performance.now() - startedAt) / 1000
  return { epochSeconds: history.seconds[0]!, fitSeconds, accuracy: history.validationAccuracy[0]! }
}

function samplesOf({ images, labels }: LabelledImages) {
  return { x: images, y: labels }
}
