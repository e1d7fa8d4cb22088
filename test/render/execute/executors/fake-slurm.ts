import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keyOf } from '../../../../src/render/cache/key.ts'
import { fileOf, toStoredResult } from '../../../../src/render/cache/result-store.ts'
import type { ArrayTask, SlurmCommands } from '../../../../src/render/execute/executors/slurm-commands.ts'
import { type JobEvent, openEventFile } from '../../../../src/render/execute/jobs/job-events.ts'
import type { JobTask } from '../../../../src/render/execute/jobs/job-files.ts'
import { digestOf, sha256 } from '../../../../src/render/model/digest.ts'
import type { Digest, StoredResult } from '../../../../src/render/model/types.ts'
import { writeAtomic } from '../../../../src/render/model/write-atomic.ts'

const code = 'export default { name: "square" }'

/** A job that nobody runs: its results are made up. */
export function jobOf(x: number, name = 'square'): JobTask {
  const request = { module: './square.ts', name, params: { x }, seed: 1 }
  const parts = { format: '1', bundle: sha256(code), params: digestOf({ x }), seed: digestOf(1) }
  return {
    kind: 'job',
    label: `${name} seed 1, x ${x}`,
    key: keyOf(parts),
    code,
    map: '{}',
    packages: {},
    input: { params: JSON.stringify({ x }), seed: '1' },
    job: { request, parts },
  }
}

/** A task of an array, as the test plays its worker. */
export interface PlayedTask {
  readonly index: number
  readonly keys: readonly Digest[]
  /** Its script. */
  readonly script: string
  state: string
  reason: string
  /** How long its jobs take, by their place in it. */
  elapsedMs: (place: number) => number
  say(...events: readonly JobEvent[]): void
  /** Stores the results of jobs, and says so; of all its jobs unless given. */
  finish(keys?: readonly Digest[]): void
}

export interface FakeSlurm extends SlurmCommands {
  /** The options of each `sbatch`. */
  readonly submitted: readonly (readonly string[])[]
  readonly cancelled: readonly string[]
  /** Why the next `sbatch` fails. */
  refusal: string | undefined
  /** Whether its controller answers. */
  isSilent: boolean
  /** Gives the tasks of the n-th array, from 1, once it is submitted. */
  array(number: number): Promise<readonly PlayedTask[]>
}

/** Plays Slurm: what is submitted waits for the test to run it. */
export function fakeSlurm(store: string, jobs: readonly JobTask[]): FakeSlurm {
  const arrays: PlayedTask[][] = []
  const submitted: (readonly string[])[] = []
  const cancelled: string[] = []
  const names = new Map<string, string>()
  const optionOf = (args: readonly string[], name: string) =>
    args.find((arg) => arg.startsWith(`--${name}=`))!.slice(name.length + 3)
  const fake: FakeSlurm = {
    submitted,
    cancelled,
    refusal: undefined,
    isSilent: false,
    async submit(args) {
      submitted.push(args)
      const { refusal } = fake
      fake.refusal = undefined
      if (refusal !== undefined) throw new Error(`Cannot submit jobs to Slurm: ${refusal}`)
      const last = Number(/-(\d+)/.exec(optionOf(args, 'array'))![1])
      arrays.push(Array.from({ length: last + 1 }, (_, index) => playedTask(args, index, { store, jobs })))
      names.set(optionOf(args, 'job-name'), String(arrays.length))
      return String(arrays.length)
    },
    async tasks(id) {
      if (fake.isSilent) return undefined
      const task = ({ index, state, reason }: PlayedTask): ArrayTask => ({ index, state, reason, node: 'n1' })
      return arrays[Number(id) - 1]?.map(task) ?? []
    },
    find: async (name) => names.get(name),
    cancel: (ids) => void cancelled.push(...ids),
    processors: async () => 4,
    async array(number) {
      while (arrays.length < number) await new Promise((resolve) => setTimeout(resolve, 5))
      return arrays[number - 1]!
    },
  }
  return fake
}

interface Known {
  readonly store: string
  readonly jobs: readonly JobTask[]
}

function playedTask(args: readonly string[], index: number, { store, jobs }: Known): PlayedTask {
  const script = args.at(-1)!
  const folder = join(script, '..')
  const keys = readFileSync(join(folder, `${index}.keys`), 'utf8')
    .trim()
    .split('\n')
  const say = openEventFile(join(folder, `${index}.jsonl`))
  const task: PlayedTask = {
    index,
    keys,
    script: readFileSync(script, 'utf8'),
    state: 'RUNNING',
    reason: 'None',
    elapsedMs: () => 1_000,
    say,
    finish(done = keys) {
      for (const key of done) {
        const own = /--results '([^']*)'/.exec(readFileSync(script, 'utf8'))?.[1] ?? store
        const elapsedMs = task.elapsedMs(keys.indexOf(key))
        storeResult(own, jobs.find((one) => one.key === key)!, {}, elapsedMs)
        say({ type: 'started', key }, { type: 'done', key })
      }
    },
  }
  return task
}

/** Stores the result of a job, the square of its number, with the files that it has read and the time that it took. */
export function storeResult(
  folder: string,
  { key, job: { request, parts } }: JobTask,
  reads: StoredResult['provenance']['reads'] = {},
  elapsedMs = 1_000,
): void {
  const { x } = request.params as { x: number }
  const provenance = {
    label: request.name,
    node: 'v99.0.0',
    platform: 'other-machine',
    cpu: 'other',
    computedAt: '2026-01-01T00:00:00.000Z',
    elapsedMs,
    bytes: 1,
    job: request,
    reads,
  }
  const stored = toStoredResult({
    key,
    parts,
    shown: [],
    exports: { result: { x: x * x } },
    measured: {},
    provenance,
  })
  writeAtomic(fileOf(folder, key), JSON.stringify(stored))
}
