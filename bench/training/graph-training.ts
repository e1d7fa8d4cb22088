import type { Engine, Feeds, Node, Step, Value } from '../../src/experiments/graph/index.ts'
import {
  adam,
  add,
  glorotUniform,
  gradientDescent,
  matMul,
  oneHot,
  openSession,
  placeholder,
  reduceMean,
  relu,
  sigmoidCrossEntropyWithLogits,
  softmaxCrossEntropyWithLogits,
  value,
  variable,
  zeros,
} from '../../src/experiments/graph/index.ts'
import { seededRandom } from '../../src/statistics/random.ts'
import type { Answer } from './worker.ts'
import type { Workload } from './workloads.ts'

/** A compiled and warm workload. */
export interface Training {
  /** Trains for about this many seconds, answers, and continues until it is stopped. */
  run(seconds: number, to: { answer(sent: Answer): void; isStopped(): boolean }): Promise<void>
  close(): Promise<void>
}

/** Makes data, network and session of a workload, and trains for one epoch, which compiles. */
export async function prepareTraining(engine: Engine, workload: Workload): Promise<Training> {
  const { rows, batchSize } = workload
  const session = openSession(engine)
  const step = stepOf(workload)
  const data = dataOf(workload)
  await session.train(step, { data, batchSize, epochs: 1 })
  return {
    async run(wanted, { answer, isStopped }) {
      // Start from the initial weights each time: later weights may take longer or shorter to compute with.
      for (const [variable] of step.updates) session.write(variable, variable.value!)
      let hasAnswered = false
      const startedAt = performance.now()
      await session.train(step, {
        data,
        batchSize,
        epochs: 1_000_000,
        onEpoch({ epoch }) {
          const seconds = (performance.now() - startedAt) / 1000
          if (seconds < wanted) return undefined
          if (!hasAnswered) answer({ count: rows * epoch, seconds })
          hasAnswered = true
          return isStopped() ? 'stop' : undefined
        },
      })
    },
    close: () => session.close(),
  }
}

/** Draws a matrix uniformly in [0, 1). */
export function randomMatrix(rows: number, columns: number, seed: number): Value {
  const random = seededRandom(seed)
  const elements = new Float32Array(rows * columns)
  for (let index = 0; index < elements.length; index++) elements[index] = random.uniform()
  return value(elements, [rows, columns])
}

function stepOf({ layers, optimizer }: Workload): Step {
  const pixels = placeholder('pixels', [null, layers[0]!])
  const logits = layers.slice(1).reduce((inputs, width, index) => {
    const weights = variable(`weights${index}`, glorotUniform([layers[index]!, width], 1, index))
    const outputs = add(matMul(inputs, weights), variable(`bias${index}`, zeros([width])))
    return index === layers.length - 2 ? outputs : relu(outputs)
  }, pixels)
  const loss = reduceMean(entropyOf(logits, layers.at(-1)!))
  const rule = optimizer === 'adam' ? adam({ learningRate: 0.001 }) : gradientDescent({ learningRate: 0.01 })
  return rule.minimize(loss)
}

function entropyOf(logits: Node, classes: number): Node {
  if (classes === 1)
    return sigmoidCrossEntropyWithLogits({ labels: placeholder('labels', [null, 1]), logits })
  return softmaxCrossEntropyWithLogits({
    labels: oneHot(placeholder('labels', [null], 'int32'), classes),
    logits,
  })
}

function dataOf({ layers, rows }: Workload): Feeds {
  const random = seededRandom(2)
  const classes = layers.at(-1)!
  const labels = Array.from({ length: rows }, () => random.below(Math.max(classes, 2)))
  return {
    pixels: randomMatrix(rows, layers[0]!, 3),
    labels: classes === 1 ? Float32Array.from(labels) : Int32Array.from(labels),
  }
}
