import type { Context } from '../experiment.ts'
import type { Feeds, Node, Session, Step } from '../graph/index.ts'

/** Values after the last update of each epoch; index 0 is the first epoch. */
export interface Curve {
  readonly loss: number[]
  readonly accuracy: number[]
}

/** What training measures, in seconds. */
export type TrainingTimes = {
  /** Of all steps, without scoring. */
  readonly training: number
  /** The same for each epoch. */
  readonly epochs: readonly number[]
}

/** Images to score, with their number. */
export interface Scored {
  readonly feeds: Feeds
  readonly count: number
}

interface Settings<Name extends string> {
  readonly step: Step
  /** The data to train on. */
  readonly data: Feeds
  /** If null, each step uses all rows. */
  readonly batchSize: number | null
  readonly epochs: number
  /** The sets to score after each epoch, such as `{ train, validation }`. */
  readonly scored: Readonly<Record<Name, Scored>>
  readonly loss: Node
  readonly accuracy: Node
}

/**
 * Trains a network and scores it after each epoch. Gives the curves and the number of steps. Measures `training`, the
 * seconds of all steps without scoring, and `epochs`, the same for each epoch.
 */
export async function trainNetwork<Name extends string>(
  session: Session,
  { step, data, batchSize, epochs, scored, loss, accuracy }: Settings<Name>,
  context: Context<TrainingTimes>,
): Promise<{ readonly history: Record<Name, Curve>; readonly steps: number }> {
  const names = Object.keys(scored) as Name[]
  const history = Object.fromEntries(
    names.map((name) => [name, { loss: [], accuracy: [] }]),
  ) as unknown as Record<Name, Curve>
  // One call trains all epochs; after each, every set is scored with the weights of that moment.
  const done = await session.train(step, {
    data,
    ...(batchSize === null ? {} : { batchSize }),
    epochs,
    shuffleSeed: context.seed,
    signal: context.signal,
    async onEpoch({ epoch, loss: running }) {
      for (const name of names) {
        const found = await score(session, { loss, accuracy }, scored[name])
        history[name].loss.push(found.loss)
        history[name].accuracy.push(found.accuracy)
      }
      context.progress({ epoch, epochs, loss: running })
    },
  })
  // Scoring happens between the epochs; their seconds are those of the steps alone.
  const seconds = done.map((epoch) => epoch.seconds)
  context.measure(
    'training',
    seconds.reduce((sum, each) => sum + each, 0),
  )
  context.measure('epochs', seconds)
  return { history, steps: done.reduce((sum, epoch) => sum + epoch.steps, 0) }
}

/** Gives mean loss and accuracy over some images. The accuracy is rounded to a whole number of images / `count`. */
export async function score(
  session: Session,
  metrics: { readonly loss: Node; readonly accuracy: Node },
  { feeds, count }: Scored,
): Promise<{ readonly count: number; readonly loss: number; readonly accuracy: number }> {
  const { loss, accuracy } = await session.evaluate(metrics, { data: feeds })
  return { count, loss, accuracy: Math.round(accuracy * count) / count }
}
