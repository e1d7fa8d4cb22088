import type { Point } from 'unist'
import type { Digest, Json, Output } from './output-types.ts'

/** The bundle that esbuild makes from a cell or a job: everything that decides its result, and no more. */
export interface Bundle {
  readonly label: string
  readonly code: string
  /** A source map for `code`, sources relative to the project's root. */
  readonly map: string
  /** Earlier exports that the code names. */
  readonly needs: readonly string[]
  /** Params that the code names. */
  readonly params: readonly string[]
  /** Installed packages that the code imports: name -> folder. */
  readonly packages: { readonly [name: string]: string }
  /** Files that the bundle was made from, relative to the root -> digest of their bytes. */
  readonly inputs: { readonly [file: string]: Digest }
}

export interface Task {
  readonly kind: 'cell' | 'values' | 'job'
  readonly label: string
  /** For a `job` or a `cell` task: the key of its stored result. */
  readonly key: Digest
  readonly code: string
  readonly map: string
  readonly packages: { readonly [name: string]: string }
  /** Name -> JSON text: earlier exports (`earlier:NAME`), params (`param:NAME`), a job's own params (`params`, `seed`). */
  readonly input: { readonly [name: string]: string }
  readonly timeoutMs?: number
  /** Of a job: what its stored result has to name, for an executor that has it stored elsewhere. */
  readonly job?: { readonly request: JobRequest; readonly parts: StoredResult['parts'] }
}

export interface JobRequest {
  /** Path of the experiment's source, relative to the project's root. */
  readonly module: string
  /** Name of its export. */
  readonly name: string
  readonly params: Json
  readonly seed: number
}

export interface JobResult {
  readonly params: Json
  readonly result: Json
  readonly measured: { readonly [name: string]: Json }
}

/** The progress of a job. */
export interface Progress {
  readonly label: string
  readonly epoch: number
  readonly epochs: number
  readonly loss?: number
}

/** The engine that computes a job, once the job's process has opened it. */
export interface OpenedEngine {
  readonly name: string
  readonly version: string
  /** Threads that one job uses, if the engine reports them. */
  /** What it computes on, if that is not the processor. */
  readonly device?: string | undefined
  readonly threads?: number
  /** A note for the user, such as why a faster engine is not used. */
  readonly note?: string
}

/** The services of the build that a running task can use. */
export interface Host {
  /** Called when the task gets its slot. */
  started?(): void
  job(request: JobRequest): Promise<JobResult>
  openedEngine?(engine: OpenedEngine): void
  progress(step: Progress): void
  log(label: string, text: string): void
}

export interface Failure {
  /** `expected ..., found ...`; no stack. */
  readonly message: string
  /** Each of several faults, or one whose place is not in the stack; the message holds all of them. */
  readonly faults?: readonly {
    readonly message: string
    /** The export that it concerns. */
    readonly export?: string
    /** In the cell's code, with the line numbers of its chapter. */
    readonly place?: Point
  }[]
  /** A line below all of them. */
  readonly note?: string
  /** What it and its jobs had read when it failed. */
  readonly reads?: Reads
  /** Lines of its stack as V8 writes them, positions already mapped to the sources; without the tool's own frames. */
  readonly frames?: readonly string[]
  readonly kind:
    | 'error'
    | 'time-out'
    | 'exit'
    | 'never-settled'
    | 'out-of-memory'
    | 'crash'
    | 'not-json'
    | 'no-alt'
    | 'aborted'
}

export type Outcome =
  | {
      readonly ok: true
      readonly shown: readonly Output[]
      readonly exports: { readonly [name: string]: Json }
      readonly measured: { readonly [name: string]: Json }
      /** Facts about the process that ran the task, for the provenance. */
      readonly facts: { readonly [name: string]: string }
      readonly reads?: Reads
      readonly impure?: readonly Impurity[]
      readonly elapsedMs: number
      /** The result as it is stored, if whoever ran the task has stored it. */
      readonly stored?: StoredResult
    }
  | { readonly ok: false; readonly failure: Failure; readonly elapsedMs: number }

export interface Executor {
  run(task: Task, host: Host, signal?: AbortSignal): Promise<Outcome>
  close(): Promise<void>
}

/**
 * SHA-256 of a file's bytes or of the names in a folder; only `present` or `absent` if the task checked no more than
 * that.
 */
export type ReadState = Digest | 'present' | 'absent'

/**
 * What a task read from the file system: place -> what was there. A place is relative to the project's root, or
 * begins with `$WEFT_DATA/`.
 */
export type Reads = { readonly [place: string]: ReadState }

/** Something that a task's own code used and that differs between runs or machines. */
export interface Impurity {
  readonly kind: 'clock' | 'chance' | 'network' | 'machine' | 'program' | 'environment' | 'file'
  /** `Date.now`, `WEFT_LEVEL`, or the place of a file. */
  readonly what: string
  /** Position in the bundle's code, both from 1: a source map would lead to the source as it is now. */
  readonly line: number
  readonly column: number
}

export interface Provenance {
  readonly label: string
  readonly node: string
  readonly platform: string
  readonly cpu: string
  /** Of a job: name and version of its engine. */
  readonly engine?: string
  /** Of a job: its threads, if the engine has a choice. */
  readonly threads?: number
  /** ISO 8601 instant. */
  readonly computedAt: string
  readonly elapsedMs: number
  /** Size of shown and exports as JSON. */
  readonly bytes: number
  /** Of a job: its request. */
  readonly job?: JobRequest
  /** Of a cell: keys of the jobs that it requested. */
  readonly jobs?: readonly Digest[]
  /** Of a cell: the params that it uses, so that a later build can say what changed. */
  readonly params?: { readonly [name: string]: Json }
  /** Of a job: whether it opened its engine, as training does. */
  readonly usesEngine?: boolean
  /** What it read through `node:fs`: the result is reused only while that is unchanged. */
  readonly reads?: Reads
  /** What it used that nobody else can reproduce; for a job, clock and machine do not count. */
  readonly impure?: readonly Impurity[]
}

/** A result as stored: one JSON file for each key. */
export interface StoredResult {
  readonly key: Digest
  /** Named digests; `key` is the digest of these. */
  readonly parts: { readonly [name: string]: Digest }
  /** Digest of the JSON of shown, exports and measured, in the order of their members. */
  readonly content: Digest
  readonly shown: readonly Output[]
  readonly exports: { readonly [name: string]: Json }
  readonly measured: { readonly [name: string]: Json }
  readonly provenance: Provenance
}
