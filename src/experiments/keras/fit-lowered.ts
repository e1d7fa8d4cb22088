import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Engine, Node, Session } from '../graph/index.ts'
import { add, openSession, placeholder } from '../graph/index.ts'
import type { Settings, Trained } from './follow.ts'
import { followEpoch } from './follow.ts'
import type { EpochLogs } from './history.ts'
import type { Metrics } from './loss.ts'
import { lossFor, metricsOf } from './loss.ts'
import type { Lowered } from './lower.ts'
import { lower } from './lower.ts'
import { lowerOptimizer } from './optimizer.ts'
import type { Feeding } from './samples.ts'
import { rounded } from './samples.ts'
import type { Optimizer } from './types/tf.ts'
import { writeBack } from './weights.ts'

/** Trains on an engine. Gives a text that names what cannot be lowered, before anything has changed. */
export async function fitLowered(
  model: LayersModel,
  tfOptimizer: Optimizer,
  settings: Settings,
  engine: Engine,
): Promise<EpochLogs[] | string> {
  // 1. Build the graph.
  const { train, batchSize, epochs, seed, callbacks, signal } = settings
  const lowered = lower(model, { dtype: train.x.dtype, seed })
  if (typeof lowered === 'string') return lowered
  const optimizer = lowerOptimizer(tfOptimizer, settings.epsilonMode)
  if (typeof optimizer === 'string') return optimizer
  const heads = headsOf(lowered, train, settings.loss)
  if (typeof heads === 'string') return heads
  const total = lowered.penalty ? add(heads.training.loss, lowered.penalty) : heads.training.loss
  const { updates } = optimizer.minimize(total, { updates: lowered.updates })
  // 2. Train it in a session.
  const session = openSession(engine)
  const trained = trainedOf(session, lowered, heads.inference)
  const logs: EpochLogs[] = []
  try {
    const { loss, accuracy } = heads.training
    await session.train(
      { loss, updates },
      {
        data: feeds(train),
        batchSize,
        epochs,
        shuffleSeed: seed,
        metrics: { accuracy },
        ...(signal ? { signal } : {}),
        onEpoch: ({ epoch, loss, metrics, seconds }) =>
          followEpoch(
            { epoch, loss, accuracy: rounded(metrics.accuracy!, train.count), seconds },
            trained,
            settings,
            logs,
          ),
      },
    )
    for (const each of callbacks) await each.onTrainEnd?.(trained)
    await writeBack(lowered.weights, session)
    return logs
  } catch (cause) {
    if (signal?.aborted) await writeBack(lowered.weights, session)
    throw cause
  } finally {
    await session.close()
  }
}

/** Builds loss and accuracy of both passes. */
function headsOf(
  { training, inference }: Lowered,
  { y }: Feeding,
  name = lossFor(training.activation),
): { readonly training: Metrics; readonly inference: Metrics } | string {
  const labels = placeholder('y', [null, ...y.shape.slice(1)], y.dtype)
  const [first, second] = [metricsOf(name, training, labels), metricsOf(name, inference, labels)]
  if (typeof first === 'string') return first
  if (typeof second === 'string') return second
  return { training: first, inference: second }
}

/** Gives what callbacks may do with the model in training: score it, and keep or restore its weights. */
function trainedOf(session: Session, { weights, penalty }: Lowered, metrics: Metrics): Trained {
  const nodes: Node[] = weights.map(({ node }) => node)
  return {
    async score(samples) {
      const { loss, accuracy } = await session.evaluate({ ...metrics }, { data: feeds(samples) })
      return { loss, accuracy: rounded(accuracy, samples.count) }
    },
    penalty: async () => (penalty ? ((await session.run(penalty)).data[0] as number) : 0),
    save: () => session.save(nodes),
    load: async (bytes) => session.load(nodes, bytes),
  }
}

/** Names samples after the placeholders of the graph. */
function feeds({ x, y }: Feeding) {
  return { x, y }
}
