import { availableParallelism } from 'node:os'
import type { Executor, Report } from '../model/types.ts'
import { openExecutor } from './executor.ts'
import { openSlurmJobs, type SlurmJobs } from './executors/slurm-jobs.ts'
import { openPool } from './pool.ts'

/** What runs the code of a report: a process for its cells and values, and a pool of processes for its jobs. */
export interface Workers {
  readonly cells: Executor
  readonly jobs: Executor
  /** How many jobs may run at once; infinite on a cluster. */
  readonly size: number
  /** Ends all that runs. */
  close(): Promise<void>
}

export interface WorkersOptions {
  /** Where code is laid for running. */
  readonly runFolder: string
  /** Of it only PATH, HOME and WEFT_* reach the cells. */
  readonly env: NodeJS.ProcessEnv
  /** Heap of one cell, in MiB. */
  readonly heapMb?: number
  /** How many jobs may run at once; as many as the machine has processors unless given. */
  readonly jobs?: number
  /** Jobs run in an order drawn from this seed, not in that in which they are asked for. */
  readonly orderSeed?: number
  /** Threads of arithmetic of each job, which reach it as WEFT_THREADS; that variable's number, or 1, unless given. */
  readonly threads?: number
  /** Jobs run on a Slurm cluster, not on this machine. */
  readonly slurm?: SlurmJobs
  /** Starts the process for cells at once. */
  readonly isEarly?: boolean
  /** They live as long as a session: a thread waits for the next cell, and processes that grew or rest are replaced. */
  readonly isLong?: boolean
}

const moreCells = 4
// Cells that wait for a cluster need no processor here.
const mostWaiting = 32

// A cell that waits for a job, perhaps for minutes, leaves its slot to one that was edited.
const longCells = {
  hasSpare: true,
  isEarly: true,
  mostWaiting: 32,
  mostTasks: 2_000,
  mostPrograms: 500,
  isNewestFirst: true,
}
// A process for jobs holds its engine and what packages keep, up to a gigabyte.
// A job takes its time; an author who writes meanwhile has none.
const longJobs = { mostTasks: 200, idleMs: 120_000, mostPrograms: 50, niceness: 10 }

// TensorFlow reads the environment of its process, to which the thread of a job cannot add.
function threadVariables(threads: number | string): NodeJS.ProcessEnv {
  return {
    WEFT_THREADS: String(threads),
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: '1',
    TF_CPP_MIN_LOG_LEVEL: '3',
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  }
}

/** Opens the workers of a report; a process starts when it is first needed. Cells and jobs have slots apart. */
export function openWorkers(
  { root, folder }: Pick<Report, 'root' | 'folder'>,
  options: WorkersOptions,
): Workers {
  const { env, heapMb, runFolder, threads, orderSeed, isEarly, isLong = false, slurm } = options
  const size = options.jobs ?? availableParallelism()
  const common = {
    root,
    folder,
    runFolder,
    heapMb,
    engine: 'weft/engine',
    env: taskEnvironment(env),
  }
  // A cell holds its slot while it waits for its job: with fewer slots than processes, some would stand idle.
  const slots = Math.max(size, Math.min(moreCells, availableParallelism()))
  const cells = openExecutor({
    ...common,
    slots,
    isEarly,
    ...(slurm && { mostWaiting }),
    ...(isLong ? longCells : {}),
  })
  if (slurm) {
    const jobs = openSlurmJobs(slurm, { root, env, threads })
    const close = async () => void (await Promise.all([cells.close(), jobs.close()]))
    return { cells, jobs, size: Number.POSITIVE_INFINITY, close }
  }
  const jobs = openPool({
    ...common,
    // An engine may use a machine in another way where no other job does.
    env: { ...jobEnvironment(env, threads), WEFT_JOBS: String(size) },
    size,
    orderSeed,
    ...(isLong ? longJobs : {}),
  })
  return { cells, jobs, size, close: async () => void (await Promise.all([cells.close(), jobs.close()])) }
}

/**
 * Gives the variables that cells and jobs get: of the given ones only PATH, HOME and WEFT_*, the same time zone and
 * locale for all, and the switch that keeps onnxruntime from reporting its models to its makers. Native code reads that
 * of the process, not the copy that a thread could change.
 */
export function taskEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const known = Object.entries(env).filter(
    ([name]) => name === 'PATH' || name === 'HOME' || name.startsWith('WEFT_'),
  )
  return { ...Object.fromEntries(known), TZ: 'UTC', LC_ALL: 'C.UTF-8', ORT_DISABLE_TELEMETRY: '1' }
}

// They say where the drivers of an engine are, and which device it may use.
const deviceNames = [
  ...['LD_LIBRARY_PATH', 'CUDA_VISIBLE_DEVICES', 'NVIDIA_VISIBLE_DEVICES'],
  ...['VK_DRIVER_FILES', 'VK_ICD_FILENAMES', 'VK_ADD_DRIVER_FILES'],
]

/**
 * Gives the variables that jobs get: those of cells, the number of threads, and of the given ones those that an
 * engine's drivers read.
 */
export function jobEnvironment(
  env: NodeJS.ProcessEnv,
  threads: number | string = env.WEFT_THREADS || 1,
): NodeJS.ProcessEnv {
  const ofDevices = Object.entries(env).filter(([name]) => deviceNames.includes(name))
  return { ...taskEnvironment(env), ...Object.fromEntries(ofDevices), ...threadVariables(threads) }
}
