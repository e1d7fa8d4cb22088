import { setImmediate } from 'node:timers/promises'
import type { Engine, EngineSession } from './engine.ts'
import { epochPieces, shuffledRows } from './epoch.ts'
import type { Feeds } from './feeds.ts'
import { readFeeds, readRows } from './feeds.ts'
import { openMasks } from './masks.ts'
import type { Node, Value } from './node.ts'
import { inOrder, value } from './node.ts'
import { isMask } from './ops/dropout.ts'
import type { Step } from './optimizers/optimizer.ts'
import { readTensors, writeTensors } from './safetensors.ts'
import {
  addUp,
  assertElements,
  assertInference,
  assertNode,
  assertUpdates,
  assertVariable,
  assertWhole,
  scalarsOf,
} from './session-checks.ts'
import { nodeText } from './shape.ts'

/** The results of one epoch. */
export interface Epoch {
  /** Counted from 1. */
  readonly epoch: number
  readonly epochs: number
  /** Mean over the epoch's rows, each before the update that it contributes to. */
  readonly loss: number
  /** The mean of each metric. */
  readonly metrics: Readonly<Record<string, number>>
  readonly steps: number
  /** Seconds of the steps alone; those of the first epoch include compilation. */
  readonly seconds: number
}

export interface TrainOptions {
  /** By the placeholder's name; row i of one placeholder belongs to row i of the others. */
  readonly data: Feeds
  /** By default, all rows. The last batch of an epoch may be smaller. */
  readonly batchSize?: number
  readonly epochs: number
  /** Determines a different order of the rows for each epoch; without it the order does not change. */
  readonly shuffleSeed?: number
  /** Scalars to average besides the loss. */
  readonly metrics?: Readonly<Record<string, Node>>
  /** May evaluate, and may end the training by returning 'stop'. */
  onEpoch?(epoch: Epoch): unknown
  /** Stops between two steps; the variables keep their values of that moment. */
  readonly signal?: AbortSignal
}

/** Holds variables and runs graphs. Close it when done. */
export interface Session {
  /** Computes one node, or a list or a record of nodes. Feeds are named after their placeholders. */
  run(fetches: Node, feeds?: Feeds): Promise<Value>
  run(fetches: readonly Node[], feeds?: Feeds): Promise<Value[]>
  run<Name extends string>(fetches: Readonly<Record<Name, Node>>, feeds?: Feeds): Promise<Record<Name, Value>>
  /** Repeats a step over batches of the data, epoch by epoch, and gives the results of each epoch. */
  train(step: Step, options: TrainOptions): Promise<Epoch[]>
  /** Gives the means over all rows of scalars that are means over a batch. */
  evaluate<Name extends string>(
    metrics: Readonly<Record<Name, Node>>,
    options: { readonly data: Feeds; readonly batchSize?: number },
  ): Promise<Record<Name, number>>
  /** Gives a copy of a variable's elements. */
  read(variable: Node): Promise<Value>
  /** Sets a variable's elements. */
  write(variable: Node, elements: Value): void
  /** Gives variables by name, as bytes in the safetensors format. */
  save(variables: readonly Node[]): Promise<Uint8Array>
  /** Sets variables from such bytes, which must hold exactly these variables. */
  load(variables: readonly Node[], bytes: Uint8Array): void
  /** Frees all resources; the session cannot be used afterwards. Closing it twice is allowed. */
  close(): Promise<void>
}

/** One pass over the rows of the data: what to compute, and on which batches. */
interface Pass {
  readonly step: Step
  readonly scalars: readonly Node[]
  readonly values: ReadonlyMap<Node, Value>
  readonly rows: number
  readonly batchSize: number
  readonly masks: readonly Node[]
  readonly order?: Int32Array
  readonly epoch?: number
  readonly signal?: AbortSignal
}

const rowsOfEvaluation = 1000

/** Opens a session on an engine. */
export function openSession(engine: Engine): Session {
  return new GraphSession(engine.open())
}

/** A session on one engine. It checks what it is asked for, and leaves the arithmetic to the engine. */
class GraphSession implements Session {
  readonly #engine: EngineSession
  #isClosed = false
  readonly #masks = openMasks()

  constructor(engine: EngineSession) {
    this.#engine = engine
  }

  async run(
    fetches: Node | readonly Node[] | Readonly<Record<string, Node>>,
    feeds: Feeds = {},
    // biome-ignore lint/suspicious/noExplicitAny: the overloads of the interface say what comes back
  ): Promise<any> {
    this.#assertOpen()
    const isOne = 'op' in fetches && 'inputs' in fetches
    const nodes = isOne ? [fetches as Node] : Object.values(fetches as Readonly<Record<string, Node>>)
    for (const [index, each] of nodes.entries()) assertNode(each, Object.keys(fetches)[index]!)
    const ordered = inOrder(nodes)
    assertInference('run', ordered)
    const { values, batch } = readFeeds(ordered, feeds, 'run')
    const unknown = batch === undefined && ordered.find(({ shape }) => shape.includes(null))
    if (unknown)
      throw new Error(
        `Cannot run ${nodeText(unknown)}, expected a placeholder with a batch, [null, ...], found none`,
      )
    const results = nodes.length === 0 ? [] : await this.#engine.run(nodes, values, batch ?? 1)
    if (isOne) return results[0]
    if (Array.isArray(fetches)) return results
    return Object.fromEntries(Object.keys(fetches).map((name, index) => [name, results[index]]))
  }

  async train(step: Step, options: TrainOptions): Promise<Epoch[]> {
    this.#assertOpen()
    const { epochs, metrics = {}, shuffleSeed, onEpoch, signal } = options
    assertWhole('epochs', epochs)
    assertUpdates(step)
    // 1. Checks the graph and the data, before anything runs.
    const scalars = [...scalarsOf({ loss: step.loss }), ...scalarsOf(metrics)]
    const ordered = inOrder([...scalars, ...step.updates.map(([, next]) => next)])
    const { values, rows } = readRows(ordered, options.data, 'train')
    const batchSize = Math.min(options.batchSize ?? rows, rows)
    assertWhole('batchSize', batchSize)
    const masks = ordered.filter(isMask)
    // 2. Passes over the rows once an epoch.
    const done: Epoch[] = []
    for (let epoch = 1; epoch <= epochs; epoch++) {
      // If a batch has all rows, their order does not matter.
      const order =
        shuffleSeed === undefined || batchSize === rows ? undefined : shuffledRows(rows, shuffleSeed, epoch)
      const { means, ...took } = await this.#pass({
        step,
        scalars,
        values,
        rows,
        batchSize,
        masks,
        order,
        epoch,
        signal,
      })
      // 3. Reports the epoch; the caller may stop.
      const [loss, ...others] = means
      const named = Object.fromEntries(Object.keys(metrics).map((name, index) => [name, others[index]!]))
      const report = { epoch, epochs, loss: loss!, metrics: named, ...took }
      done.push(report)
      if ((await onEpoch?.(report)) === 'stop') break
    }
    return done
  }

  async evaluate<Name extends string>(
    metrics: Readonly<Record<Name, Node>>,
    { data, batchSize = rowsOfEvaluation }: { readonly data: Feeds; readonly batchSize?: number },
  ): Promise<Record<Name, number>> {
    this.#assertOpen()
    const names = Object.keys(metrics) as Name[]
    const scalars = scalarsOf(metrics)
    const [loss] = scalars
    if (!loss) throw new Error('Cannot evaluate, expected at least one metric, found none')
    const ordered = inOrder(scalars)
    assertInference('evaluate', ordered)
    const { values, rows } = readRows(ordered, data, 'evaluate')
    assertWhole('batchSize', batchSize)
    const step = { loss, updates: [] }
    const size = Math.min(batchSize, rows)
    const { means } = await this.#pass({ step, scalars, values, rows, batchSize: size, masks: [] })
    return Object.fromEntries(names.map((name, index) => [name, means[index]!])) as Record<Name, number>
  }

  async read(variable: Node): Promise<Value> {
    this.#assertOpen()
    assertVariable('read', variable)
    return value((await this.#engine.read(variable)).slice(), variable.shape as number[], variable.dtype)
  }

  write(variable: Node, elements: Value): void {
    this.#assertOpen()
    assertVariable('write', variable)
    assertElements(variable, elements)
    this.#engine.write(variable, elements.data.slice())
  }

  async save(variables: readonly Node[]): Promise<Uint8Array> {
    const tensors = new Map<string, Value>()
    for (const each of variables) {
      if (tensors.has(each.name))
        throw new Error(`Cannot save two variables \`${each.name}\`, expected different names`)
      tensors.set(each.name, await this.read(each))
    }
    return writeTensors(tensors)
  }

  load(variables: readonly Node[], bytes: Uint8Array): void {
    const tensors = readTensors(bytes)
    const names = variables.map(({ name }) => name)
    const differing = [
      ...names.filter((name) => !tensors.has(name)),
      ...[...tensors.keys()].filter((name) => !names.includes(name)),
    ]
    if (differing.length > 0) {
      throw new Error(
        `Cannot load, expected the variables ${names.join(', ')}, found ${[...tensors.keys()].join(', ')}`,
      )
    }
    // Check all of them before setting any.
    for (const each of variables) assertVariable('load', each)
    for (const each of variables) assertElements(each, tensors.get(each.name)!)
    for (const each of variables) this.write(each, tensors.get(each.name)!)
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#masks.close()
    await this.#engine.close()
  }

  /** Passes once over all rows and gives the means of the scalars. Without an epoch it only evaluates. */
  async #pass({ step, scalars, values, rows, batchSize, masks, order, epoch, signal }: Pass) {
    const sums = new Float64Array(scalars.length)
    let steps = 0
    let seconds = 0
    for (const piece of epochPieces(rows, batchSize)) {
      // Between two pieces the event loop handles messages and the signal.
      await setImmediate()
      signal?.throwIfAborted()
      this.#assertOpen()
      const startedAt = performance.now()
      const drawn = this.#masks.draw(masks, piece)
      const each = await this.#engine.train(step, scalars.slice(1), {
        data: values,
        ...piece,
        order: order?.subarray(piece.first, piece.first + piece.steps * piece.batchSize),
        masks: drawn,
      })
      seconds += (performance.now() - startedAt) / 1000
      addUp(sums, each, piece.batchSize, { epoch, step: steps })
      steps += piece.steps
    }
    return { means: [...sums].map((sum) => sum / rows), steps, seconds }
  }

  /** Throws if the session is closed. */
  #assertOpen(): void {
    if (this.#isClosed) throw new Error('Cannot use a session that is closed: open another')
  }
}
