/** The scores of a binary classifier on some images; class 1 is the positive class. */
export interface BinaryScore {
  /** Number of images. */
  readonly count: number
  /** Mean sigmoid cross entropy, in nats. */
  readonly loss: number
  /** Share of correctly classified images, in [0, 1]. */
  readonly accuracy: number
  readonly confusion: {
    readonly truePositive: number
    readonly falsePositive: number
    readonly trueNegative: number
    readonly falseNegative: number
  }
}

/**
 * Scores logits against labels in double precision. The loss is mean(max(z, 0) - z y + log(1 + exp(-|z|))), which
 * never overflows (the form of `tf.nn.sigmoid_cross_entropy_with_logits`). An image counts as class 1 if z > 0.
 * @param logits `[count]`, unscaled
 * @param labels `[count]`, each 0 or 1
 */
export function binaryScore(logits: Float32Array, labels: Float32Array): BinaryScore {
  const count = logits.length
  const confusion = { truePositive: 0, falsePositive: 0, trueNegative: 0, falseNegative: 0 }
  let loss = 0
  for (let index = 0; index < count; index++) {
    const [logit, label] = [logits[index]!, labels[index]!]
    // 1. The loss of an image, in the form that cannot overflow.
    loss += Math.max(logit, 0) - logit * label + Math.log1p(Math.exp(-Math.abs(logit)))
    // 2. The image counts in one of the four cells of the confusion matrix.
    if (label > 0.5) confusion[logit > 0 ? 'truePositive' : 'falseNegative']++
    else confusion[logit > 0 ? 'falsePositive' : 'trueNegative']++
  }
  return {
    count,
    loss: loss / count,
    accuracy: (confusion.truePositive + confusion.trueNegative) / count,
    confusion,
  }
}
