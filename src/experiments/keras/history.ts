/** The numbers of one epoch. */
export interface EpochLogs {
  /** Counted from 1. */
  readonly epoch: number
  readonly epochs: number
  /**
   * Mean over the training samples during training, each before the update that it contributes to: the loss of the
   * data alone. Keras' `loss` also has the penalty before each update, averaged over the steps.
   */
  readonly loss: number
  readonly accuracy: number
  /** Sum of the regularizers with the weights after the epoch, 0 without any. */
  readonly penalty: number
  /**
   * Computed as the model predicts, after the epoch, without penalty; only if validation samples are given. Keras'
   * `val_loss` is `validationLoss + penalty`.
   */
  readonly validationLoss?: number
  readonly validationAccuracy?: number
  /** The same for other samples, by name. */
  readonly scored: Readonly<Record<string, Score>>
  /** Seconds of the steps alone. */
  readonly seconds: number
}

/** The score of a model's predictions on some samples. */
export interface Score {
  readonly loss: number
  readonly accuracy: number
}

/** One value per epoch. */
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

/** Collects the numbers of all epochs into lists. */
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
