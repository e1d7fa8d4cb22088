import type { Data, Node, Value } from './node.ts'
import type { Step } from './optimizers/optimizer.ts'

/** Runs graphs. It is recorded with the results of a job, but is not in its key. */
export interface Engine {
  readonly name: string
  readonly version: string
  /** Number of threads for arithmetic, if the engine lets one choose. */
  readonly threads?: number
  /** What it computes on, if that is not the processor. */
  readonly device?: string
  /** Why this engine was chosen, if another would be expected. */
  readonly note?: string
  /** Opens a session, which holds variables. */
  open(): EngineSession
}

/** Steps on batches of one size, which an engine may run as one program. */
export interface Batches {
  /** For a placeholder with a batch, all rows of the data set; for any other, its elements. */
  readonly data: ReadonlyMap<Node, Value>
  /** Rows in a batch. */
  readonly batchSize: number
  /** Number of steps. */
  readonly steps: number
  /** Rows in their order, `[steps * batchSize]`; if undefined, step i takes the rows from `first + i * batchSize`. */
  readonly order: Int32Array | undefined
  readonly first: number
  /** Elements of each dropout mask: `[steps, ...its shape]`. */
  readonly masks: ReadonlyMap<Node, Uint8Array>
}

/** The operations of an engine for one session. All arguments are already checked. */
export interface EngineSession {
  /** Computes nodes; `batch` is the size of the unknown dimension. */
  run(fetches: readonly Node[], feeds: ReadonlyMap<Node, Value>, batch: number): Promise<Value[]>
  /**
   * Runs steps one after another. Gives the loss and the metrics of each step, all scalars from before its update:
   * `[steps, 1 + metrics]`.
   */
  train(step: Step, metrics: readonly Node[], batches: Batches): Promise<Float32Array>
  /** Gives the elements of a variable; the initial ones if nothing has changed them. */
  read(variable: Node): Promise<Data>
  write(variable: Node, data: Data): void
  /** Frees all resources. */
  close(): Promise<void>
}
