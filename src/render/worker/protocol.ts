import type {
  Failure,
  Figure,
  JobRequest,
  JobResult,
  OpenedEngine,
  Outcome,
  Progress,
  Task,
} from '../model/types.ts'

/** A task on its way to the thread that runs it: its code lies in a file. */
export interface Order {
  readonly kind: Task['kind']
  readonly label: string
  /** URL of the code. */
  readonly url: string
  /** Absolute folder of the project. */
  readonly root: string
  /** Absolute folder of report.md. */
  readonly folder: string
  readonly input: Task['input']
  /** Module that opens an engine, for jobs. */
  readonly engine: string
}

/** What the build says to the process that runs tasks. */
export type ToProcess =
  | {
      readonly type: 'run'
      readonly id: number
      readonly order: Order
      readonly timeoutMs?: number
      readonly heapMb?: number
    }
  | { readonly type: 'answer'; readonly id: number; readonly call: number; readonly answer: Answer }
  | { readonly type: 'abort'; readonly id: number }

/** What that process says to the build. */
export type FromProcess =
  | { readonly type: 'job'; readonly id: number; readonly call: number; readonly request: JobRequest }
  | { readonly type: 'engine'; readonly id: number; readonly engine: OpenedEngine }
  | { readonly type: 'progress'; readonly id: number; readonly step: Progress }
  | { readonly type: 'log'; readonly id: number; readonly text: string }
  | { readonly type: 'done'; readonly id: number; readonly outcome: Outcome }

export type Answer =
  | { readonly ok: true; readonly result: JobResult }
  | { readonly ok: false; readonly failure: Failure }

/** What the process says to its thread. */
export type ToThread =
  | { readonly type: 'run'; readonly order: Order }
  | { readonly type: 'answer'; readonly call: number; readonly answer: Answer }
  | { readonly type: 'abort' }

/** What the thread says to its process. */
export type FromThread =
  | { readonly type: 'job'; readonly call: number; readonly request: JobRequest }
  | { readonly type: 'engine'; readonly engine: OpenedEngine }
  | { readonly type: 'progress'; readonly step: Progress }
  /** `isClean`: nothing of the task goes on in the thread. */
  | { readonly type: 'done'; readonly result: ThreadResult; readonly isClean: boolean }

export type ThreadResult =
  | { readonly ok: true; readonly value: Omit<Extract<Outcome, { ok: true }>, 'ok' | 'elapsedMs'> }
  | { readonly ok: false; readonly failure: Failure }

/** What the build asks of the process that draws figures nobody vouches for. */
export interface DrawOrder {
  readonly figure: Figure
  readonly id: string
}

/** What that process says to the build: once that it can draw or cannot, then an answer to each order. */
export type FromDrawProcess = { readonly ready: boolean } | DrawAnswer

export type DrawAnswer = { readonly svg: string } | { readonly problem: string }

/** What a thread shares with its process, so that it can be read after a sudden end: 1 once `process.exit` was called. */
export const exitFlag = 0
