/** What became of one epoch. */
export interface EpochLogs {
  /** From 1. */
  readonly epoch: number
  readonly epochs: number
  /** Mean over the training samples, each before the update that it served, as the model trains: without penalty. */
  readonly loss: number
  readonly accuracy: number
  /** Sum of the regularizers after the epoch, 0 without any. Keras' loss is `loss` with this added. */
  readonly penalty: number
  /** As the model predicts, after the epoch; only where validation samples are given. */
  readonly validationLoss?: number
  readonly validationAccuracy?: number
  /** The same of other samples, by their names. */
  readonly scored: Readonly<Record<string, Score>>
  /** Of the steps alone. */
  readonly seconds: number
}

/** How a model predicts some samples. */
export interface Score {
  readonly loss: number
  readonly accuracy: number
}

/** One value an epoch. */
export interface History {
  readonly loss: number[]
  readonly accuracy: number[]
  readonly penalty: number[]
  /** Empty without validation samples. */
  readonly validationLoss: number[]
  readonly validationAccuracy: number[]
  readonly scored: Readonly<Record<string, { readonly loss: number[]; readonly accuracy: number[] }>>
  readonly seconds: number[]
}

/** Puts the epochs' numbers side by side. */
export function historyOf(epochs: readonly EpochLogs[]): History {
  const all = (name: 'loss' | 'accuracy' | 'penalty' | 'validationLoss' | 'validationAccuracy' | 'seconds') =>
    epochs.flatMap((logs) => logs[name] ?? [])
  const names = Object.keys(epochs[0]?.scored ?? {})
  return {
    loss: all('loss'),
    accuracy: all('accuracy'),
    penalty: all('penalty'),
    validationLoss: all('validationLoss'),
    validationAccuracy: all('validationAccuracy'),
    scored: Object.fromEntries(
      names.map((name) => [
        name,
        {
          loss: epochs.map(({ scored }) => scored[name]!.loss),
          accuracy: epochs.map(({ scored }) => scored[name]!.accuracy),
        },
      ]),
    ),
    seconds: all('seconds'),
  }
}
