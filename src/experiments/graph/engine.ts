import type { Data, Node, Value } from './node.ts'
import type { Step } from './optimizers/optimizer.ts'

/** What runs graphs; recorded with the results of a job, never in its key. */
export interface Engine {
  readonly name: string
  readonly version: string
  /** Threads of arithmetic, where the engine lets one choose. */
  readonly threads?: number
  /** Why this one, where another would be expected. */
  readonly note?: string
  /** Opens a place where variables live. */
  open(): EngineSession
}

/** Steps on batches of one size, that an engine may run as one program. */
export interface Batches {
  /** Of each placeholder with a batch: all rows of the data set; of another: its elements. */
  readonly data: ReadonlyMap<Node, Value>
  /** Rows in a batch. */
  readonly batchSize: number
  /** How many steps. */
  readonly steps: number
  /** Rows in their order, `[steps * batchSize]`; undefined where step i takes the rows from `first + i * batchSize`. */
  readonly order: Int32Array | undefined
  readonly first: number
  /** Of each dropout mask: `[steps, ...its shape]`. */
  readonly masks: ReadonlyMap<Node, Uint8Array>
}

/** What an engine does for one session. Everything that it is given was checked. */
export interface EngineSession {
  /** Computes nodes; `batch` is the size of the unknown dimension. */
  run(fetches: readonly Node[], feeds: ReadonlyMap<Node, Value>, batch: number): Promise<Value[]>
  /**
   * Runs steps one after another and gives of each the loss and the metrics, all scalars before its update:
   * `[steps, 1 + metrics]`.
   */
  train(step: Step, metrics: readonly Node[], batches: Batches): Promise<Float32Array>
  /** Gives the elements of a variable, the first ones if nothing has changed them. */
  read(variable: Node): Promise<Data>
  write(variable: Node, data: Data): void
  /** Frees everything. */
  close(): Promise<void>
}
