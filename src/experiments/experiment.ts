import type { Spreads } from '../statistics/spread.ts'
import { spread } from '../statistics/spread.ts'
import type { Engine } from './graph/engine.ts'

export type { Spread, Spreads } from '../statistics/spread.ts'
export { isSpread, spread } from '../statistics/spread.ts'
export type { Comparison, SeedResult, SeedResults } from './compare.ts'
export { compareSeeds } from './compare.ts'
export type { Engine } from './graph/engine.ts'

/** What an experiment measures, by name: times in seconds, memory in bytes. */
export type Measured = Readonly<Record<string, number | readonly number[]>>

/**
 * What a running experiment receives besides its params. Written as `Context<{ training: number }>` it says what the
 * experiment measures, so that reports know its type.
 */
export interface Context<Measures extends Measured = Measured> {
  readonly seed: number
  readonly engine: Engine
  /** Fires when the build stops. Long loops check it once an epoch. */
  readonly signal: AbortSignal
  /** Reports progress: epoch k of n (from 1), with the training loss if there is one. */
  progress(step: { readonly epoch: number; readonly epochs: number; readonly loss?: number }): void
  /** Records what may differ from run to run: times in seconds, memory in bytes. Shown in the report, never checked. */
  measure<Name extends keyof Measures & string>(name: Name, value: Measures[Name]): void
}

/** Checks and completes params: any zod schema. */
export interface Schema<Input, Params> {
  parse(value: unknown): Params
  readonly _zod?: { readonly input: Input }
}

/** The type R if JSON can hold it; a member that JSON cannot hold becomes `never`. */
export type Jsonable<R> = R extends string | number | boolean | null
  ? R
  : R extends // biome-ignore lint/suspicious/noExplicitAny: any function at all
        | ((...args: any[]) => unknown)
        | Date
        | Map<unknown, unknown>
        | Set<unknown>
        | ArrayBufferView
        | bigint
        | symbol
    ? never
    : { readonly [K in keyof R]: Jsonable<R[K]> }

export interface Definition<Input, Params, Result, Measures extends Measured = Measured> {
  /** The name of its export. */
  readonly name: string
  readonly params: Schema<Input, Params>
  run(params: Params, context: Context<Measures>): Promise<Result> | Result
}

/** A pure function from JSON params and a seed to a JSON result. A report finds it by its module and name. */
export interface Experiment<Input, Params, Result, Measures extends Measured = Measured>
  extends Definition<Input, Params, Result, Measures> {
  /** Path of its source file, relative to the project. Weft adds it when it bundles the file. */
  readonly module?: string
}

/** A finished job: an experiment run with its params. */
export interface Job<Params, Result, Measures extends Measured = Measured> {
  readonly params: Params
  readonly result: Result
  readonly measured: Measures
}

/** The job of one seed, with the selected part of its result. */
export interface SeedJob<Params, Part, Measures extends Measured = Measured>
  extends Job<Params, Part, Measures> {
  readonly seed: number
}

interface Host {
  job(request: {
    module: string
    name: string
    params: unknown
    seed: number
  }): Promise<Job<unknown, unknown>>
}

/**
 * Declares an experiment. It must be a named export of a module of its own, and `name` must be the name of that
 * export. The result must be JSON: it may not contain NaN, Infinity, Date, Map, typed arrays or functions.
 */
export function defineExperiment<Input, Params, Result, Measures extends Measured = Measured>(
  definition: Definition<Input, Params, Result, Measures> & {
    run(params: Params, context: Context<Measures>): Promise<Jsonable<Result>> | Jsonable<Result>
  },
): Experiment<Input, Params, Result, Measures> {
  return definition
}

/** Runs one job. In a report the build runs it and stores its result; elsewhere it runs in this process. */
export async function run<Input, Params, Result, Measures extends Measured>(
  experiment: Experiment<Input, Params, Result, Measures>,
  params: Input,
  { seed = 1 }: { readonly seed?: number } = {},
): Promise<Job<Params, Result, Measures>> {
  const complete = parse(experiment, params)
  const host = (globalThis as Record<symbol, unknown>)[Symbol.for('weft.host')] as Host | undefined
  if (!host) return runHere(experiment, complete, seed)
  if (!experiment.module) {
    throw new Error(
      `Cannot run experiment \`${experiment.name}\`, expected it in a module of the project, found it in the cell itself or in an installed package`,
    )
  }
  return (await host.job({
    module: experiment.module,
    name: experiment.name,
    params: complete,
    seed,
  })) as Job<Params, Result, Measures>
}

/** Runs one job for each element of `list`. The results keep its order. */
export async function sweep<Input, Params, Result, Measures extends Measured>(
  experiment: Experiment<Input, Params, Result, Measures>,
  list: readonly Input[],
  options: { readonly seed?: number } = {},
): Promise<Job<Params, Result, Measures>[]> {
  return Promise.all(list.map((params) => run(experiment, params, options)))
}

/**
 * Runs one job for each seed and averages the results: every number of a result becomes a `Spread`
 * {mean, std, n, min, max}, in arrays element by element. All other leaves must agree over the seeds. Histories may
 * differ in length, because early stopping ends them: an element is that of the seeds that reached it, `n` of them.
 * `select` takes the part of a result to average, for results that cannot be averaged as a whole. `runs` has the
 * single jobs in the order of the seeds, each with that part of its result; `compareSeeds` pairs them.
 */
export async function overSeeds<Input, Params, Result, Measures extends Measured, Part = Result>(
  experiment: Experiment<Input, Params, Result, Measures>,
  params: Input,
  seeds: readonly number[],
  { select = (result) => result as unknown as Part }: { readonly select?: (result: Result) => Part } = {},
): Promise<{
  readonly params: Params
  readonly result: Spreads<Part>
  readonly measured: Spreads<Measures>
  readonly runs: readonly SeedJob<Params, Part, Measures>[]
}> {
  assertSeeds(seeds)
  const jobs = await Promise.all(seeds.map((seed) => run(experiment, params, { seed })))
  const runs = jobs.map((job, index) => ({ ...job, seed: seeds[index]!, result: select(job.result) }))
  return {
    params: jobs[0]!.params,
    result: spread(
      runs.map(({ result }) => result),
      `${experiment.name}.result`,
    ) as Spreads<Part>,
    measured: spread(
      jobs.map((job) => job.measured),
      `${experiment.name}.measured`,
    ) as Spreads<Measures>,
    runs,
  }
}

/** Throws if there is no seed, or if a seed appears twice. */
export function assertSeeds(seeds: readonly number[]): void {
  if (seeds.length > 0 && new Set(seeds).size === seeds.length) return
  throw new Error(`Unexpected seeds [${seeds.join(', ')}], expected one or more different ones`)
}

function parse<Input, Params, Result, Measures extends Measured>(
  experiment: Experiment<Input, Params, Result, Measures>,
  params: Input,
): Params {
  try {
    return experiment.params.parse(params)
  } catch (cause) {
    throw new Error(`Cannot run experiment \`${experiment.name}\`, unexpected params: ${explain(cause)}`, {
      cause,
    })
  }
}

function explain(cause: unknown): string {
  const issues = (cause as { issues?: { path: PropertyKey[]; message: string }[] }).issues
  if (!issues) return String((cause as Error)?.message ?? cause)
  return issues.map((issue) => `${['params', ...issue.path].join('.')}: ${issue.message}`).join('; ')
}

async function runHere<Input, Params, Result, Measures extends Measured>(
  experiment: Experiment<Input, Params, Result, Measures>,
  params: Params,
  seed: number,
): Promise<Job<Params, Result, Measures>> {
  // Imported by its package name, so that the bundle of an experiment never contains an engine.
  const { openEngine } = await import('weft/engine')
  const measured: Record<string, number | readonly number[]> = {}
  const result = await experiment.run(params, {
    seed,
    engine: await openEngine(),
    signal: new AbortController().signal,
    progress() {},
    measure(name, value) {
      measured[name] = value
    },
  })
  return { params, result, measured: measured as Measures }
}
