import type { Digest, Json, Output } from './output-types.ts'

/** What esbuild made of a cell or a job: everything that decides its result, and no more. */
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
  /** Files read for it, relative to the root -> digest of their bytes. */
  readonly inputs: { readonly [file: string]: Digest }
}

export interface Task {
  readonly kind: 'cell' | 'values' | 'job'
  readonly label: string
  /** For a task of the kind `job` or `cell`: names its stored result. */
  readonly key: Digest
  readonly code: string
  readonly map: string
  readonly packages: { readonly [name: string]: string }
  /** Name -> JSON text: earlier exports (`earlier:NAME`), params (`param:NAME`), a job's own params (`params`, `seed`). */
  readonly input: { readonly [name: string]: string }
  readonly timeoutMs?: number
}

export interface JobRequest {
  /** Of the experiment's source, relative to the project's root. */
  readonly module: string
  /** Its export's name. */
  readonly name: string
  readonly params: Json
  readonly seed: number
}

export interface JobResult {
  readonly params: Json
  readonly result: Json
  readonly measured: { readonly [name: string]: Json }
}

/** How far a job is. */
export interface Progress {
  readonly label: string
  readonly epoch: number
  readonly epochs: number
  readonly loss?: number
}

/** What does the arithmetic of a job, as its process has opened it. */
export interface OpenedEngine {
  readonly name: string
  readonly version: string
  /** Threads that one job computes with, where the engine can say. */
  readonly threads?: number
  /** What its user should know, such as why it is not a faster one. */
  readonly note?: string
}

/** What a running task may ask of the build. */
export interface Host {
  /** The task has its slot. */
  started?(): void
  job(request: JobRequest): Promise<JobResult>
  openedEngine?(engine: OpenedEngine): void
  progress(step: Progress): void
  log(label: string, text: string): void
}

export interface Failure {
  /** `expected ..., found ...`; no stack. */
  readonly message: string
  /** Lines of its stack as V8 writes them, positions already mapped to the sources; none of the tool's own. */
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
      /** Facts of the process that did the work, for the provenance. */
      readonly facts: { readonly [name: string]: string }
      readonly reads?: Reads
      readonly impure?: readonly Impurity[]
      readonly elapsedMs: number
    }
  | { readonly ok: false; readonly failure: Failure; readonly elapsedMs: number }

export interface Executor {
  run(task: Task, host: Host, signal?: AbortSignal): Promise<Outcome>
  close(): Promise<void>
}

/** SHA-256 of a file's bytes or of a folder's names; only whether something is there where no more was asked. */
export type ReadState = Digest | 'present' | 'absent'

/**
 * What a task asked of the file system: place -> what was there. A place is relative to the project's root, or begins
 * with `$WEFT_DATA/`.
 */
export type Reads = { readonly [place: string]: ReadState }

/** Something that a task's own code asked for and that differs from run to run, or from one machine to another. */
export interface Impurity {
  readonly kind: 'clock' | 'chance' | 'network' | 'machine' | 'program' | 'environment' | 'file'
  /** `Date.now`, `WEFT_LEVEL`, or the place of a file. */
  readonly what: string
  /** In the code of its bundle, both from 1: a source map leads to the source as it is now. */
  readonly line: number
  readonly column: number
}

export interface Provenance {
  readonly label: string
  readonly node: string
  readonly platform: string
  readonly cpu: string
  /** Name and version of what did the arithmetic, of a job. */
  readonly engine?: string
  /** Threads of arithmetic of a job, where the engine has a choice. */
  readonly threads?: number
  /** ISO 8601 instant. */
  readonly computedAt: string
  readonly elapsedMs: number
  /** Size of shown and exports as JSON. */
  readonly bytes: number
  /** Of a job: what was asked for. */
  readonly job?: JobRequest
  /** Keys of the jobs that a cell asked for. */
  readonly jobs?: readonly Digest[]
  /** Of a cell: the params that it names, to say later what changed. */
  readonly params?: { readonly [name: string]: Json }
  /** Of a job: whether it asked for its engine, as one that trains does. */
  readonly usesEngine?: boolean
  /** What it read through `node:fs`: its result is used only while that is unchanged. */
  readonly reads?: Reads
  /** What it asked for that nobody else can get; of a job neither the time nor the machine. */
  readonly impure?: readonly Impurity[]
}

/** A finished result as it is kept: one JSON file a key. */
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
