import { setImmediate } from 'node:timers/promises'
import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Batches, EngineSession } from '../../engine.ts'
import type { Data, Node, Value } from '../../node.ts'
import { missingNodes } from '../../node.ts'
import { isVariable } from '../../ops/variable.ts'
import type { Step } from '../../optimizers/optimizer.ts'
import { withBatch } from '../../shape.ts'
import { splitBatch } from '../split-batch.ts'
import { kernels, toData, toTensor } from './kernels.ts'

// Compute at most this many rows at once, because the activations of more would fill the portable backend's memory.
const rowsAtOnce = 2000

/** Keeps variables as tensors of tfjs' backend and computes every operation with one of its kernels. */
export class TfjsSession implements EngineSession {
  readonly #variables = new Map<Node, Tensor>()

  async run(fetches: readonly Node[], feeds: ReadonlyMap<Node, Value>, batch: number): Promise<Value[]> {
    const tensors = tf.tidy(() => {
      const given = new Map<Node, Tensor>()
      for (const [node, fed] of feeds) given.set(node, toTensor(fed))
      // A fetched tensor may be a variable itself, so clone it: the copy is freed below, but the variable must stay.
      return evaluate(fetches, { given, variable: (node) => this.#variable(node), batch }).map((tensor) =>
        tensor.clone(),
      )
    })
    try {
      return await Promise.all(
        fetches.map(async (node, index) => ({
          dtype: node.dtype,
          shape: withBatch(node.shape, batch),
          data: toData(await tensors[index]!.data(), node.dtype),
        })),
      )
    } finally {
      tf.dispose(tensors)
    }
  }

  async train(step: Step, metrics: readonly Node[], batches: Batches): Promise<Float32Array> {
    const scalars = [step.loss, ...metrics]
    const roots = [...step.updates.map(([, next]) => next), ...scalars]
    const sums = batches.batchSize > rowsAtOnce ? splitBatch(roots) : undefined
    const all = new Float32Array(batches.steps * scalars.length)
    for (let at = 0; at < batches.steps; at++) {
      const results = tf.tidy(() => {
        const known = sums ? this.#sums(sums, batches, at) : this.#rows(batches, at, 0, batches.batchSize)
        // The result of an update may be a variable itself, which is freed below, so clone it.
        return evaluate(roots, {
          given: known,
          variable: (node) => this.#variable(node),
          batch: batches.batchSize,
        }).map((tensor) => tensor.clone())
      })
      for (const [index, [variable]] of step.updates.entries()) {
        this.#variables.get(variable)?.dispose()
        this.#variables.set(variable, results[index]!)
      }
      const numbers = results.slice(step.updates.length)
      const each = await Promise.all(numbers.map((tensor) => tensor.data()))
      for (const [index, data] of each.entries()) all[at * scalars.length + index] = data[0]!
      tf.dispose(numbers)
      // The portable backend never yields to the event loop by itself.
      await setImmediate()
    }
    return all
  }

  async read(variable: Node): Promise<Data> {
    return toData(await this.#variable(variable).data(), variable.dtype)
  }

  write(variable: Node, data: Data): void {
    this.#variables.get(variable)?.dispose()
    const shape = variable.shape as number[]
    this.#variables.set(variable, toTensor({ dtype: variable.dtype, shape, data }))
  }

  async close(): Promise<void> {
    tf.dispose([...this.#variables.values()])
    this.#variables.clear()
  }

  #variable(node: Node): Tensor {
    if (!this.#variables.has(node)) {
      const { dtype, shape, data } = node.value!
      this.#variables.set(node, tf.keep(toTensor({ dtype, shape, data: data.slice() })))
    }
    return this.#variables.get(node)!
  }

  /** Adds up each sum over the batch, some rows at a time. */
  #sums(sums: readonly Node[], batches: Batches, at: number): Map<Node, Tensor> {
    const { batchSize } = batches
    let totals: Tensor[] | undefined
    for (let from = 0; from < batchSize; from += rowsAtOnce) {
      const to = Math.min(from + rowsAtOnce, batchSize)
      const before: Tensor[] | undefined = totals
      totals = tf.tidy(() => {
        const parts = evaluate(sums, {
          given: this.#rows(batches, at, from, to),
          variable: (node) => this.#variable(node),
          batch: to - from,
          whole: batchSize,
        })
        return parts.map((part, index) => {
          const share = sums[index]!.op.type === 'ReduceMean' ? tf.mul(part, (to - from) / batchSize) : part
          return before ? tf.add(before[index]!, share) : share.clone()
        })
      })
      tf.dispose(before ?? [])
    }
    const given = this.#fixed(batches)
    for (const [index, node] of sums.entries()) given.set(node, totals![index]!)
    return given
  }

  #fixed({ data }: Batches): Map<Node, Tensor> {
    const given = new Map<Node, Tensor>()
    for (const [node, fed] of data) if (node.shape[0] !== null) given.set(node, toTensor(fed))
    return given
  }

  /** Uploads some rows of one batch, because slicing a tensor would copy all of it. */
  #rows(batches: Batches, at: number, from: number, to: number): Map<Node, Tensor> {
    const { data, batchSize, order, first, masks, steps } = batches
    const given = this.#fixed(batches)
    const start = at * batchSize
    for (const [node, { dtype, shape, data: elements }] of data) {
      if (node.shape[0] !== null) continue
      const width = shape.slice(1).reduce((product, each) => product * each, 1)
      const rows = order
        ? gathered(elements, order.subarray(start + from, start + to), width)
        : elements.subarray((first + start + from) * width, (first + start + to) * width)
      given.set(node, toTensor({ dtype, shape: [to - from, ...shape.slice(1)], data: rows }))
    }
    for (const [mask, drawn] of masks) {
      const width = drawn.length / steps / batchSize
      const rows = drawn.subarray((start + from) * width, (start + to) * width)
      given.set(mask, toTensor({ dtype: 'uint8', shape: withBatch(mask.shape, to - from), data: rows }))
    }
    return given
  }
}

/** Copies rows in a given order. */
function gathered(elements: Data, order: Int32Array, width: number): Data {
  const rows = new (elements.constructor as Float32ArrayConstructor)(order.length * width)
  for (const [index, row] of order.entries())
    rows.set(elements.subarray(row * width, (row + 1) * width), index * width)
  return rows
}

interface Evaluation {
  /** The nodes that are already available: feeds, masks, sums. */
  readonly given: ReadonlyMap<Node, Tensor>
  variable(node: Node): Tensor
  /** Number of rows to compute. */
  readonly batch: number
  /** Number of rows of the whole batch, which may be more. */
  readonly whole?: number
}

/** Computes nodes, each once. Call it inside `tf.tidy`. */
function evaluate(roots: readonly Node[], { given, variable, batch, whole = batch }: Evaluation): Tensor[] {
  const values = new Map(given)
  for (const node of missingNodes(roots, given)) {
    if (isVariable(node)) {
      values.set(node, variable(node))
      continue
    }
    const kernel = kernels[node.op.type]
    if (!kernel)
      throw new Error(
        `Cannot compute \`${node.op.type}\` by tfjs, expected ${Object.keys(kernels).join(', ')}`,
      )
    const inputs = node.inputs.map((input) => values.get(input)!)
    values.set(node, kernel(inputs, node, { batch, whole }))
  }
  return roots.map((root) => values.get(root)!)
}
