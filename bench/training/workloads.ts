/** What to train and how, on random pixels in [0, 1] and random labels. The workers get it as JSON. */
export interface Workload {
  readonly name: string
  /** Units of each layer from the pixels to the logits, with ReLU between; one logit means two classes. */
  readonly layers: readonly number[]
  readonly rows: number
  readonly batchSize: number
  readonly optimizer: 'sgd' | 'adam'
}

// The rows fill whole batches, so that no implementation gets a smaller last batch.
const smallBatches = { rows: 15_360, batchSize: 256, optimizer: 'sgd' } as const

export const workloads: readonly Workload[] = [
  {
    name: '784-300-100-10 full batch 60,000',
    layers: [784, 300, 100, 10],
    rows: 60_000,
    batchSize: 60_000,
    optimizer: 'sgd',
  },
  { name: '784-300-100-10 batch 256', layers: [784, 300, 100, 10], ...smallBatches },
  { name: '784-600-400-200-10 batch 256 SGD', layers: [784, 600, 400, 200, 10], ...smallBatches },
  {
    name: '784-600-400-200-10 batch 256 Adam',
    layers: [784, 600, 400, 200, 10],
    ...smallBatches,
    optimizer: 'adam',
  },
  {
    name: '784-100-1 full batch 12,000',
    layers: [784, 100, 1],
    rows: 12_000,
    batchSize: 12_000,
    optimizer: 'sgd',
  },
  { name: '784-10 batch 256', layers: [784, 10], ...smallBatches },
]

/** Describes how `flopPerSample` counts. */
export const flopFormula =
  '6 x (elements of all weight matrices) - 2 x (elements of the first): one product forward and two backward, ' +
  'less the gradient by the pixels, which nothing needs'

/** Counts the floating-point operations of matrix products in one training step, per sample. */
export function flopPerSample({ layers }: Workload): number {
  const matrices = layers.slice(1).map((width, index) => layers[index]! * width)
  return 6 * matrices.reduce((sum, elements) => sum + elements, 0) - 2 * matrices[0]!
}
