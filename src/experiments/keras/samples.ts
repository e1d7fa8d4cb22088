import type { Data, Value } from '../graph/index.ts'
import { value } from '../graph/index.ts'

/** Samples for training or scoring. */
export interface Samples {
  /** `[count, ...the model's input]`, row-major. Bytes are divided by 255; floats are used unchanged. */
  readonly x: Uint8Array | Float32Array
  /** `[count]` bytes, the class of each sample; or `[count, outputs]` floats, the target outputs. */
  readonly y: Uint8Array | Float32Array
}

/** Samples with their shapes, ready to feed to a graph. */
export interface Feeding {
  readonly x: Value
  readonly y: Value
  readonly count: number
}

/**
 * Checks samples against the inputs and outputs of a model.
 * @param inputs elements of one sample
 * @param outputs elements of one prediction
 * @param what names the samples in errors, such as `validation`
 */
export function feeding({ x, y }: Samples, inputs: number, outputs: number, what: string): Feeding {
  const count = x.length / inputs
  if (!Number.isInteger(count) || count === 0) {
    throw new Error(
      `Cannot use the samples of \`${what}\`, expected x [count, ${inputs}], found ${x.length} elements`,
    )
  }
  const isClasses = y instanceof Uint8Array
  const width = isClasses ? 1 : outputs
  if (y.length !== count * width) {
    throw new Error(
      `Cannot use the samples of \`${what}\`, expected ${count} x ${width} elements of y, found ${y.length}`,
    )
  }
  if (isClasses) assertClasses(y, outputs, what)
  return {
    x: value(x as Data, [count, inputs]),
    y: value(y as Data, isClasses ? [count] : [count, width]),
    count,
  }
}

/** Throws if a label is no class of the model. */
function assertClasses(labels: Uint8Array, outputs: number, what: string): void {
  // A single output separates two classes.
  const classes = outputs === 1 ? 2 : outputs
  const wrong = labels.findIndex((label) => label >= classes)
  if (wrong < 0) return
  throw new Error(
    `Cannot use the samples of \`${what}\`, expected classes 0 to ${classes - 1}, found ${labels[wrong]} in row ${wrong}`,
  )
}

/** Rounds an accuracy to a whole number of correct answers divided by `count`. */
export function rounded(accuracy: number, count: number): number {
  return Math.round(accuracy * count) / count
}
