import type { Context } from '../experiment.ts'
import type { Feeds, Node, Session, Step } from '../graph/index.ts'

/** Values after the last update of each epoch, the first at index 0. */
export interface Curve {
  readonly loss: number[]
  readonly accuracy: number[]
}

/** Images to score, with how many there are. */
export interface Scored {
  readonly feeds: Feeds
  readonly count: number
}

interface Settings<Name extends string> {
  readonly step: Step
  /** The data to train on. */
  readonly data: Feeds
  /** All rows at once where null. */
  readonly batchSize: number | null
  readonly epochs: number
  /** What is scored after each epoch, such as `{ train, validation }`. */
  readonly scored: Readonly<Record<Name, Scored>>
  readonly loss: Node
  readonly accuracy: Node
}

/**
 * Trains, and scores after each epoch. Measures `training`, seconds of all steps without scoring, and `epochs`, the
 * same of each epoch. Gives the curves and how many steps it took.
 */
export async function trainNetwork<Name extends string>(
  session: Session,
  { step, data, batchSize, epochs, scored, loss, accuracy }: Settings<Name>,
  context: Context,
): Promise<{ readonly history: Record<Name, Curve>; readonly steps: number }> {
  const names = Object.keys(scored) as Name[]
  const history = Object.fromEntries(
    names.map((name) => [name, { loss: [], accuracy: [] }]),
  ) as unknown as Record<Name, Curve>
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
  const seconds = done.map((epoch) => epoch.seconds)
  context.measure(
    'training',
    seconds.reduce((sum, each) => sum + each, 0),
  )
  context.measure('epochs', seconds)
  return { history, steps: done.reduce((sum, epoch) => sum + epoch.steps, 0) }
}

/** Gives mean loss and accuracy over some images; the accuracy is a whole number of them, divided by their count. */
export async function score(
  session: Session,
  metrics: { readonly loss: Node; readonly accuracy: Node },
  { feeds, count }: Scored,
): Promise<{ readonly count: number; readonly loss: number; readonly accuracy: number }> {
  const { loss, accuracy } = await session.evaluate(metrics, { data: feeds })
  return { count, loss, accuracy: Math.round(accuracy * count) / count }
}
