import type { Optimizer as TfOptimizer } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Engine } from '../graph/index.ts'
import { assertWhole } from '../graph/session-checks.ts'
import type { Callback } from './callbacks.ts'
import { fitByLayers } from './fit-by-layers.ts'
import { fitLowered } from './fit-lowered.ts'
import type { Settings } from './follow.ts'
import type { EpochLogs, History } from './history.ts'
import { historyOf } from './history.ts'
import type { LossName } from './loss.ts'
import { inputsOf } from './lower.ts'
import type { OptimizerLike } from './optimizer.ts'
import { disposeOptimizer, freshOptimizer } from './optimizer.ts'
import type { Samples } from './samples.ts'
import { feeding } from './samples.ts'
import type { Model } from './types/model.ts'

export interface FitOptions {
  /** What trains: the context's. */
  readonly engine: Engine
  readonly optimizer: OptimizerLike
  readonly epochs: number
  /** The last batch of an epoch may be smaller. */
  readonly batchSize?: number
  /** That of the last activation unless given: a cross entropy for softmax and sigmoid, else the squared error. */
  readonly loss?: LossName
  /** Samples that are scored after each epoch and never trained on. */
  readonly validation?: Samples
  /** More samples to score after each epoch, as the model predicts; they may be a part of the training samples. */
  readonly scored?: Readonly<Record<string, Samples>>
  /** Draws the order of the samples in each epoch and the masks of Dropout. */
  readonly seed?: number
  readonly callbacks?: readonly Callback[]
  /** Stops between two steps with an error; the model then has the weights of that moment. */
  readonly signal?: AbortSignal
  /** Gets the line that says why a model is not lowered; it goes to stderr unless given. */
  readonly report?: (line: string) => void
}

/** What came of a training. */
export interface Fitted {
  readonly history: History
  /** How many epochs ran. */
  readonly epochs: number
  /** Why `model.fit` of TensorFlow.js trained in place of the engine; null where the engine did. */
  readonly fallback: string | null
}

/**
 * Trains a model of the Layers API, as `model.fit` does but on the engine of static graphs: the model is lowered to
 * one graph with its gradients and the optimizer's rule, trained, and gets its weights back, so that `predict`,
 * `evaluate` and `save` work as ever. Training begins with the weights that the model has and with a fresh optimizer.
 * A layer, loss or optimizer that cannot be lowered makes `model.fit` itself train, much slower, with one line that
 * says so; batches are the same then, dropout masks are not.
 * @param samples to train on
 * @throws where samples do not fit the model, the loss becomes NaN, or `signal` fires
 */
export async function fit(model: Model, samples: Samples, options: FitOptions): Promise<Fitted> {
  const { batchSize = 32, epochs, seed = 1, scored = {}, validation, callbacks = [], signal } = options
  const { report = (line) => void process.stderr.write(`${line}\n`) } = options
  const [inputs, outputs] = [inputsOf(model), model.outputs[0]!.shape.at(-1)!]
  const prepared = (each: Samples, what: string) => feeding(each, inputs, outputs, what)
  assertWhole('epochs', epochs)
  assertWhole('batchSize', batchSize)
  const settings: Settings = {
    train: prepared(samples, 'train'),
    validation: validation && prepared(validation, 'validation'),
    scored: new Map(Object.entries(scored).map(([name, each]) => [name, prepared(each, name)])),
    batchSize,
    epochs,
    loss: options.loss,
    seed,
    callbacks,
    signal,
  }
  const optimizer = freshOptimizer(options.optimizer)
  try {
    const lowered = await fitLowered(model as LayersModel, optimizer, settings, options.engine)
    if (typeof lowered !== 'string') return fitted(lowered, null)
    report(
      `Cannot lower ${lowered} of \`${model.name}\` to the static graph: TensorFlow.js trains it, slowly`,
    )
    return fitted(await fitByLayers(model as LayersModel, optimizer as TfOptimizer, settings), lowered)
  } finally {
    // One that was made here is nobody else's.
    if (optimizer !== options.optimizer) disposeOptimizer(optimizer)
  }
}

function fitted(logs: readonly EpochLogs[], fallback: string | null): Fitted {
  return { history: historyOf(logs), epochs: logs.length, fallback }
}
