import { z } from 'zod'
import { classImages } from '../classes/class-images.ts'
import { classScore, wrongest } from '../classes/class-score.ts'
import type { LabelledImages } from '../data/dataset.ts'
import { imageRows } from '../data/image-rows.ts'
import { letters } from '../data/letter-sets.ts'
import { notmnistLargeSample } from '../data/notmnist-large-sample.ts'
import { defineExperiment } from '../experiment.ts'
import type { Engine } from '../graph/index.ts'
import type { Fitted, Model, Samples } from '../keras/index.ts'
import { disposeOptimizer, earlyStopping, fit, keras, predict } from '../keras/index.ts'
import { buildModel } from './build-model.ts'
import { calibration } from './calibration.ts'
import { letterParams } from './letter-params.ts'
import { scoreOf } from './score-of.ts'
import { weightFacts } from './weight-facts.ts'

/**
 * Trains a network of dense layers on letters with the Layers API: 784 pixels in [0, 1] -> `hidden` ReLU layers ->
 * softmax, trained with cross entropy and gradient descent with momentum in batches. The network trains on the first
 * `images` of the training set, or on all if that is null. Training stops when the validation loss has not fallen for
 * `patience` epochs, and the weights of the best epoch are restored. The seed determines the initial weights, the
 * batches and the Dropout masks.
 *
 * `history` holds loss and accuracy after each epoch, computed as for a prediction, on the validation images and on
 * equally many training images. `running` holds the same over each epoch as the network trains, with Dropout, and
 * `penalty` the amount that the regularizers add to the loss. `best` is the epoch whose weights are kept, from 1.
 * `scores` are those of the kept weights on all images; `confusion` (one row for each true class) and `calibration` are
 * computed on the test images. `weights` describes the weights that a penalty would act on: those of the hidden layers,
 * or of softmax regression. `elsewhere` is the score on a second test set, if one is named. `pictures` adds the mistakes made with the highest confidence and, for softmax
 * regression, the weights of each class. Measured: `training`, the seconds of all steps, and `epochs`, the same for
 * each epoch.
 */
export const network = defineExperiment({
  name: 'network',
  params: z.strictObject({
    ...letterParams,
    images: z.int().positive().nullable().default(null),
    hidden: z.array(z.int().positive()).default([]),
    dropout: z.number().min(0).max(0.95).default(0),
    l1: z.number().min(0).default(0),
    l2: z.number().min(0).default(0),
    batchSize: z.int().positive().default(256),
    epochs: z.int().positive().default(60),
    patience: z.int().positive().default(4),
    learningRate: z.number().positive().default(0.02),
    momentum: z.number().min(0).max(0.999).default(0.9),
    elsewhere: z.enum([notmnistLargeSample.name]).nullable().default(null),
    pictures: z.boolean().default(false),
  }),
  async run(params, context) {
    const { seed, engine, signal } = context
    // 1. Load the letters.
    const set = letters(params.data)
    const { splits } = await set.load({ signal, pin: params.pin })
    const train = firstLetters(splits.train, params.images ?? splits.train.count)
    const { validation, test } = splits
    // 2. Build the model.
    const tf = await keras()
    const [inputs, classes] = [train.width * train.height, set.classes.length]
    const model = buildModel(tf, { ...params, inputs, classes }, seed)
    const optimizer = tf.train.momentum(params.learningRate, params.momentum)
    try {
      // 3. Training.
      const fitted = await fit(model, samplesOf(train), {
        engine,
        optimizer,
        epochs: params.epochs,
        batchSize: params.batchSize,
        validation: samplesOf(validation),
        scored: { train: samplesOf(firstLetters(train, validation.count)) },
        seed,
        signal,
        callbacks: [
          earlyStopping({ patience: params.patience }),
          { onEpochEnd: ({ epoch, epochs, loss }) => void context.progress({ epoch, epochs, loss }) },
        ],
      })
      const { seconds } = fitted.history
      context.measure(
        'training',
        seconds.reduce((sum, each) => sum + each, 0),
      )
      context.measure('epochs', seconds)
      // 4. What the kept weights make of all images.
      const elsewhere = params.elsewhere && (await notmnistLargeSample.load({ signal }))
      const sets = { train, validation, test, elsewhere }
      return await resultOf(model, fitted, { sets, classes: set.classes, pictures: params.pictures, engine })
    } finally {
      model.dispose()
      disposeOptimizer(optimizer)
    }
  },
})

/** What `resultOf` scores, and on which engine. */
interface Scoring {
  readonly sets: Readonly<Record<'train' | 'validation' | 'test', LabelledImages>> & {
    readonly elsewhere: LabelledImages | null
  }
  readonly classes: readonly string[]
  readonly pictures: boolean
  readonly engine: Engine
}

/** Gives what the kept weights make of all images. */
async function resultOf(
  model: Model,
  { history, epochs }: Fitted,
  { sets: { train, validation, test, elsewhere }, classes, pictures, engine }: Scoring,
) {
  const kernels = kernelsOf(model)
  const probabilities = {
    train: await predict(model, train.images, { engine }),
    validation: await predict(model, validation.images, { engine }),
    test: await predict(model, test.images, { engine }),
  }
  const tested = classImages(test, classes.length)
  const drawn = () => ({
    mistakes: wrongest(probabilities.test, tested, 16),
    templates: templatesOf(kernels[0]!, train.width * train.height, classes.length),
  })
  return {
    classes: [...classes],
    parameters: model.countParams(),
    images: train.count,
    epochs,
    best: 1 + history.validationLoss.indexOf(Math.min(...history.validationLoss)),
    scores: {
      train: scoreOf(probabilities.train, train.labels),
      validation: scoreOf(probabilities.validation, validation.labels),
      test: scoreOf(probabilities.test, test.labels),
    },
    history: {
      train: history.scored.train!,
      validation: { loss: history.validationLoss, accuracy: history.validationAccuracy },
    },
    running: { loss: history.loss, accuracy: history.accuracy },
    penalty: history.penalty,
    weights: weightFacts(kernels.length > 1 ? kernels.slice(0, -1) : kernels),
    elsewhere: elsewhere && scoreOf(await predict(model, elsewhere.images, { engine }), elsewhere.labels),
    ...classScore(probabilities.test, tested, classes.length),
    calibration: calibration(probabilities.test, test.labels),
    pictures: pictures ? drawn() : null,
  }
}

/** Gives a copy of the weights of each dense layer, from the first to the last. Dropout layers have none. */
function kernelsOf(model: Model): Float32Array[] {
  return model.layers.flatMap((layer) => {
    const [kernel] = layer.getWeights()
    return kernel ? [Float32Array.from(kernel.dataSync())] : []
  })
}

/** Gives the images and labels of a set in the form that `fit` takes. */
function samplesOf({ images, labels }: LabelledImages): Samples {
  return { x: images, y: labels }
}

/** Gives the weights of each class, one per pixel, to four decimals; none if the first layer is a hidden one. */
function templatesOf(kernel: Float32Array, inputs: number, classes: number): number[][] {
  if (kernel.length !== inputs * classes) return []
  // Adding 0 turns -0 into 0, because JSON has no -0.
  const rounded = (x: number) => Math.round(x * 1e4) / 1e4 + 0
  return Array.from({ length: classes }, (_, each) =>
    Array.from({ length: inputs }, (_, pixel) => rounded(kernel[pixel * classes + each]!)),
  )
}

/** Gives the first `wanted` images of a set, which is shuffled, or all of them if it has fewer. */
function firstLetters(set: LabelledImages, wanted: number): LabelledImages {
  return imageRows(set, 0, Math.min(wanted, set.count))
}
