import type { ClassImages } from '../classes/class-images.ts'
import type { Context } from '../experiment.ts'
import type { Feeds, Node, Session, Value } from '../graph/index.ts'
import {
  argMax,
  cast,
  equal,
  gradientDescent,
  openSession,
  placeholder,
  reduceMean,
  softmaxCrossEntropyWithLogits,
} from '../graph/index.ts'
import { NotFiniteError } from '../graph/session-checks.ts'
import { type NormNetwork, type NormPass, type NormSettings, normNetwork } from './norm-network.ts'

/** A deep network that can be trained repeatedly from the same initial weights, as one program. */
export interface NormTrainer {
  readonly session: Session
  readonly network: NormNetwork
  /** Loss of the training pass. */
  readonly loss: Node
  /** Sets all variables to their initial elements; multiplies the weights by `scale`. */
  reset(options?: { readonly scale: number }): void
  /** Continues training. Stops and returns false if the loss is no longer finite. */
  train(options: NormTraining): Promise<boolean>
  /** Gives the share of recognized images; in training mode, with the statistics of batches of `batchSize` images. */
  accuracy(images: ClassImages, mode?: keyof Modes, batchSize?: number): Promise<number>
}

/** The images and the settings of a training. */
interface NormTraining {
  readonly images: ClassImages
  readonly batchSize: number
  readonly learningRate: number
  readonly epochs: number
  onEpoch?(): unknown
}

/** The accuracy with the statistics of the batch (`training`) and with the running averages (`inference`). */
type Modes = Readonly<Record<'training' | 'inference', Node>>

/** Opens a session, passes a trainer to `use`, and always closes the session. */
export async function withTrainer<Result>(
  {
    pixels,
    classes,
    ...settings
  }: Omit<NormSettings, 'seed'> & { readonly pixels: number; readonly classes: number },
  context: Context,
  use: (trainer: NormTrainer) => Promise<Result>,
): Promise<Result> {
  const session = openSession(context.engine)
  try {
    const x = placeholder('x', [null, pixels])
    const y = placeholder('y', [null, classes])
    const network = normNetwork(x, classes, { ...settings, seed: context.seed })
    return await use(trainerOf(session, network, y, context))
  } finally {
    await session.close()
  }
}

/** Builds the training step and the two ways to score, and puts them behind the trainer's methods. */
function trainerOf(session: Session, network: NormNetwork, y: Node, { seed, signal }: Context): NormTrainer {
  // The rate is a placeholder, so that all rates share one program.
  const rate = placeholder('learningRate', [])
  const loss = reduceMean(softmaxCrossEntropyWithLogits({ labels: y, logits: network.training.logits }))
  const step = gradientDescent({ learningRate: rate }).minimize(loss, { updates: network.updates })
  const right = ({ logits }: NormPass) => reduceMean(cast(equal(argMax(logits), argMax(y)), 'float32'))
  const modes: Modes = { training: right(network.training), inference: right(network.inference) }
  return {
    session,
    network,
    loss,
    reset({ scale } = { scale: 1 }) {
      for (const each of network.variables) {
        const isWeight = network.weights.includes(each)
        session.write(each, isWeight ? scaled(each.value!, scale) : each.value!)
      }
    },
    async train({ images, batchSize, learningRate, epochs, onEpoch = () => undefined }) {
      const data = { ...feedsOf(images), learningRate: scalar(learningRate) }
      try {
        await session.train(step, {
          data,
          batchSize,
          epochs,
          shuffleSeed: seed,
          signal,
          onEpoch: () => onEpoch(),
        })
        return true
      } catch (error) {
        if (error instanceof NotFiniteError) return false
        throw error
      }
    },
    async accuracy(images, mode = 'inference', batchSize = 1000) {
      const { accuracy } = await session.evaluate(
        { accuracy: modes[mode] },
        { data: feedsOf(images), batchSize },
      )
      return Math.round(accuracy * images.count) / images.count
    },
  }
}

/** Gives images as the feeds `x` and `y`. */
export function feedsOf({ pixels, labels }: ClassImages): Feeds {
  return { x: pixels, y: labels }
}

/** Multiplies all elements by a factor. */
function scaled({ data, ...rest }: Value, factor: number): Value {
  return { ...rest, data: Float32Array.from(data, (element) => element * factor) }
}

/** Gives a number as a value without dimensions. */
function scalar(number: number): Value {
  return { dtype: 'float32', shape: [], data: Float32Array.of(number) }
}
