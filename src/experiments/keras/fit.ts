import type { Optimizer as TfOptimizer } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Engine, EpsilonMode } from '../graph/index.ts'
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
  /** The engine to train on: that of the experiment's context. */
  readonly engine: Engine
  readonly optimizer: OptimizerLike
  readonly epochs: number
  /** The last batch of an epoch may be smaller. */
  readonly batchSize?: number
  /** By default, the last activation decides: cross entropy for softmax and sigmoid, else squared error. */
  readonly loss?: LossName
  /**
   * Where Adam adds epsilon: `corrected` (default), as PyTorch and TensorFlow.js do, or `uncorrected`, as Keras does.
   * `adam` of `weft/graph` has the formulas. The engine alone knows the second.
   */
  readonly epsilonMode?: EpsilonMode
  /** Samples to score after each epoch; they are never used for training. */
  readonly validation?: Samples
  /** More samples to score after each epoch, as the model predicts; they may include training samples. */
  readonly scored?: Readonly<Record<string, Samples>>
  /** Determines the order of the samples in each epoch and the Dropout masks. */
  readonly seed?: number
  readonly callbacks?: readonly Callback[]
  /** Stops between two steps with an error; the model then has the weights of that moment. */
  readonly signal?: AbortSignal
  /** Receives the line that says why a model is not lowered; stderr by default. */
  readonly report?: (line: string) => void
}

/** The result of a training. */
export interface Fitted {
  readonly history: History
  /** Number of epochs that ran. */
  readonly epochs: number
  /** Why TensorFlow.js' own `model.fit` trained instead of the engine; null if the engine trained. */
  readonly fallback: string | null
}

/**
 * Trains a model of the Layers API as `model.fit` does, but on the engine of static graphs. It lowers the model to one
 * graph with its gradients and the optimizer's rule, trains that, and writes the weights back, so that `predict`,
 * `evaluate` and `save` work as usual. Training starts with the model's weights and with a fresh optimizer.
 * If a layer, loss or optimizer cannot be lowered, `model.fit` itself trains, much more slowly, and one line reports
 * it. The batches are the same then, but the Dropout masks are not.
 * @param samples to train on
 * @throws if samples do not fit the model, the loss is not finite, `epsilonMode` does not fit, or `signal` fires
 */
export async function fit(model: Model, samples: Samples, options: FitOptions): Promise<Fitted> {
  const { batchSize = 32, epochs, seed = 1, scored = {}, validation, callbacks = [], signal } = options
  const { report = (line) => void process.stderr.write(`${line}\n`) } = options
  // 1. Checks samples and settings against the model.
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
    epsilonMode: options.epsilonMode,
    seed,
    callbacks,
    signal,
  }
  // 2. Trains on the engine; where the graph cannot hold the model, TensorFlow.js trains it.
  const optimizer = freshOptimizer(options.optimizer)
  try {
    const lowered = await fitLowered(model as LayersModel, optimizer, settings, options.engine)
    if (typeof lowered !== 'string') return fitted(lowered, null)
    if (options.epsilonMode === 'uncorrected') {
      throw new Error(
        `Cannot train \`${model.name}\` with epsilonMode uncorrected, expected what the engine can train, found ${lowered}: TensorFlow.js has no such Adam`,
      )
    }
    report(
      `Cannot lower ${lowered} of \`${model.name}\` to the static graph: TensorFlow.js trains it, slowly`,
    )
    return fitted(await fitByLayers(model as LayersModel, optimizer as TfOptimizer, settings), lowered)
  } finally {
    // An optimizer created here has no other owner.
    if (optimizer !== options.optimizer) disposeOptimizer(optimizer)
  }
}

/** Puts the epochs into lists. */
function fitted(logs: readonly EpochLogs[], fallback: string | null): Fitted {
  return { history: historyOf(logs), epochs: logs.length, fallback }
}
