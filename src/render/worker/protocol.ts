import type {
  Digest,
  Failure,
  Figure,
  JobRequest,
  JobResult,
  OpenedEngine,
  Outcome,
  Progress,
  Task,
} from '../model/types.ts'
import type { SpecFault } from '../output/draw/check-words.ts'

/** A task as the thread that runs it gets it; its code is in a file. */
export interface Order {
  readonly kind: Task['kind']
  readonly label: string
  /** URL of the code. */
  readonly url: string
  /** Digest of the packages that it imports. */
  readonly packages: Digest
  /** Absolute folder of the project. */
  readonly root: string
  /** Absolute folder of report.md. */
  readonly folder: string
  readonly input: Task['input']
  /** Module that opens an engine, for a job whose code asks for one. */
  readonly engine?: string
}

/** A message of the build to the process that runs tasks. */
export type ToProcess =
  | {
      readonly type: 'run'
      readonly id: number
      readonly order: Order
      readonly timeoutMs?: number
      readonly heapMb?: number
    }
  | { readonly type: 'answer'; readonly id: number; readonly call: number; readonly answer: Answer }
  /** Asks a task to end by itself. */
  | { readonly type: 'abort'; readonly id: number }
  /** Ends a task, whatever it does; `done` follows when its thread has ended. */
  | { readonly type: 'stop'; readonly id: number }
  /** From now on one thread is kept ready. */
  | { readonly type: 'spare'; readonly heapMb?: number }

/** A message of that process to the build. */
export type FromProcess =
  /** A task has come: from now on it may be what kills the process. */
  | { readonly type: 'begun'; readonly id: number }
  | { readonly type: 'job'; readonly id: number; readonly call: number; readonly request: JobRequest }
  | { readonly type: 'engine'; readonly id: number; readonly engine: OpenedEngine }
  | { readonly type: 'progress'; readonly id: number; readonly step: Progress }
  | { readonly type: 'log'; readonly id: number; readonly text: string }
  | { readonly type: 'done'; readonly id: number; readonly outcome: Outcome }

export type Answer =
  | { readonly ok: true; readonly result: JobResult }
  | { readonly ok: false; readonly failure: Failure }

/** A message of the process to its thread. */
export type ToThread =
  | { readonly type: 'run'; readonly order: Order }
  | { readonly type: 'answer'; readonly call: number; readonly answer: Answer }
  | { readonly type: 'abort' }

/** A message of the thread to its process. */
export type FromThread =
  | { readonly type: 'job'; readonly call: number; readonly request: JobRequest }
  | { readonly type: 'engine'; readonly engine: OpenedEngine }
  | { readonly type: 'progress'; readonly step: Progress }
  /** `isClean`: the task left nothing running in the thread. */
  | { readonly type: 'done'; readonly result: ThreadResult; readonly isClean: boolean }

export type ThreadResult =
  | { readonly ok: true; readonly value: Omit<Extract<Outcome, { ok: true }>, 'ok' | 'elapsedMs'> }
  | { readonly ok: false; readonly failure: Failure }

/** A message of the build to the process that draws figures. */
export interface DrawOrder {
  readonly figure: Figure
  readonly id: string
  /** Makes no code of the specification's expressions: for an untrusted report. */
  readonly isInterpreted: boolean
}

/** A message of that process to the build: first whether it can draw, then one answer an order. */
export type FromDrawProcess = { readonly ready: boolean } | DrawAnswer

export type DrawAnswer =
  | { readonly svg: string; readonly warnings: readonly string[] }
  | { readonly problem: string; readonly faults?: readonly SpecFault[] }

/** Index in the memory that a thread shares with its process, which outlives it: 1 once `process.exit` was called. */
export const exitFlag = 0
