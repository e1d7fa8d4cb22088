import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openSlurmExecutor, type SlurmOptions } from '../../../../src/render/execute/executors/slurm.ts'
import { openTimes } from '../../../../src/render/execute/jobs/expected-times.ts'
import type { JobTask } from '../../../../src/render/execute/jobs/job-files.ts'
import type { Executor, Host, Outcome } from '../../../../src/render/model/types.ts'
import { temporaryProject } from '../temporary-project.ts'
import { type FakeSlurm, fakeSlurm, jobOf } from './fake-slurm.ts'

interface Test {
  after(clean: () => Promise<void> | void): void
}

/** Three jobs that nobody runs. */
export const jobs = [1, 2, 3].map((x) => jobOf(x))
export const [one, two, three] = jobs as [JobTask, JobTask, JobTask]

/** A build, as far as its executor is concerned. */
interface Build {
  run(task: JobTask, signal?: AbortSignal): Promise<Outcome>
  close(): Promise<void>
  /** What its hosts are told. */
  readonly told: string[]
}

interface PlayedCluster {
  readonly slurm: FakeSlurm
  readonly root: string
  build(options?: Partial<SlurmOptions>): Build
  batches(): readonly string[]
}

/** Makes a project whose builds share a Slurm that the test plays. */
export function clusterOf(test: Test, known: readonly JobTask[] = jobs): PlayedCluster {
  const executors: Executor[] = []
  // Before the folder goes: a build that closes later would make it again.
  test.after(async () => void (await Promise.all(executors.map((executor) => executor.close()))))
  const root = temporaryProject(test, {})
  const cache = join(root, 'dist/.cache')
  const slurm = fakeSlurm(join(cache, 'freeze'), known)
  return {
    slurm,
    root,
    build(options = {}) {
      const told: string[] = []
      const folder = join(cache, 'jobs')
      const executor = openSlurmExecutor({
        slurm,
        settings: {},
        folder: join(cache, 'slurm'),
        store: join(cache, 'freeze'),
        jobs: { root, folder },
        report: join(root, 'report.md'),
        out: join(root, 'dist'),
        env: { WEFT_DATA: "/it's", HOME: '/home' },
        threads: 1,
        times: openTimes(folder, () => []),
        isFresh: false,
        gatherMs: 20,
        pollMs: 10,
        askMs: 20,
        // A busy machine may be silent for a while.
        patience: { silentMs: 60_000, startMs: 60_000 },
        ...options,
      })
      executors.push(executor)
      const host = (task: JobTask): Host => ({
        started: () => told.push(`${xOf(task)} started`),
        openedEngine: ({ name }) => told.push(`${xOf(task)} ${name}`),
        job: () => Promise.reject(new Error('no jobs')),
        progress: ({ label, epoch }) => told.push(`${label} ${epoch}`),
        log: (label, text) => told.push(`${label}: ${text}`),
      })
      return {
        told,
        run: (task, signal) => executor.run(task, host(task), signal),
        close: () => executor.close(),
      }
    },
    batches: () => (existsSync(join(cache, 'slurm')) ? readdirSync(join(cache, 'slurm')) : []),
  }
}

function xOf({ job }: JobTask): number {
  return (job.request.params as { x: number }).x
}

/** Gives the number that a job came to. */
export function resultOf(outcome: Outcome): unknown {
  assert.ok(outcome.ok, JSON.stringify(outcome))
  return (outcome.exports.result as { x: number }).x
}

/** Gives why a job failed. */
export function messageOf(outcome: Outcome): string {
  assert.ok(!outcome.ok, 'it has a result')
  return outcome.failure.message
}
