import type { Engine } from '../../../../src/experiments/graph/engine.ts'
import type { Feeds, Node, Optimizer } from '../../../../src/experiments/graph/index.ts'
import {
  add,
  glorotUniform,
  gradientDescent,
  heNormal,
  matMul,
  openSession,
  placeholder,
  reduceMean,
  relu,
  sigmoidCrossEntropyWithLogits,
  softmaxCrossEntropyWithLogits,
  variable,
  zeros,
} from '../../../../src/experiments/graph/index.ts'
import { seededRandom } from '../../../../src/statistics/random.ts'

/** Builds a network of fully connected layers with the given widths, `[784, 300, 10]`; a last width of 1 is binary. */
export function network(widths: readonly number[]) {
  const classes = widths.at(-1)!
  const x = placeholder('x', [null, widths[0]!])
  const y = placeholder('y', [null, classes])
  const variables: Node[] = []
  let layer: Node = x
  for (const [index, width] of widths.slice(1).entries()) {
    const isLast = index === widths.length - 2
    const shape = [widths[index]!, width] as const
    const weights = variable(
      `weights${index}`,
      isLast ? glorotUniform(shape, 1, index) : heNormal(shape, 1, index),
    )
    const bias = variable(`bias${index}`, zeros([width]))
    variables.push(weights, bias)
    const sum = add(matMul(layer, weights), bias)
    layer = isLast ? sum : relu(sum)
  }
  const losses = classes === 1 ? sigmoidCrossEntropyWithLogits : softmaxCrossEntropyWithLogits
  return { loss: reduceMean(losses({ labels: y, logits: layer })), variables }
}

/** Draws rows in [0, 1) with labels that are computed from them. */
export function rowsOf(rows: number, [features, classes]: readonly [number, number]): Feeds {
  const random = seededRandom(2)
  const x = Float32Array.from({ length: rows * features }, () => random.uniform() ** 3)
  const y = new Float32Array(rows * classes)
  for (let row = 0; row < rows; row++) {
    const label = Math.floor(x[row * features]! * 7919) % Math.max(2, classes)
    if (classes === 1) y[row] = label
    else y[row * classes + label] = 1
  }
  return { x, y }
}

/** Trains a new network and gives the loss of each epoch, and all variables. */
export async function trained(
  engine: Engine,
  {
    widths,
    rows,
    epochs,
    batchSize = rows,
    optimizer = gradientDescent({ learningRate: 0.01 }),
  }: { widths: readonly number[]; rows: number; epochs: number; batchSize?: number; optimizer?: Optimizer },
): Promise<{ losses: number[]; weights: Uint8Array }> {
  const { loss, variables } = network(widths)
  const session = openSession(engine)
  try {
    const data = rowsOf(rows, [widths[0]!, widths.at(-1)!])
    const options = { data, epochs, batchSize, ...(batchSize < rows ? { shuffleSeed: 1 } : {}) }
    const done = await session.train(optimizer.minimize(loss), options)
    return { losses: done.map((epoch) => epoch.loss), weights: await session.save(variables) }
  } finally {
    await session.close()
  }
}
