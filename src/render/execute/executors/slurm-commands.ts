import { type ExecFileException, execFile, spawn } from 'node:child_process'

/** One task of an array, as Slurm sees it. */
export interface ArrayTask {
  readonly index: number
  /** `PENDING`, `RUNNING`, `COMPLETED`, `NODE_FAIL`... */
  readonly state: string
  /** Why it waits, or why it ended. */
  readonly reason: string
  /** The node that it runs on, or ran on. */
  readonly node?: string
}

/** What the executor asks of Slurm. */
export interface SlurmCommands {
  /** Submits a script with the options of `sbatch`; gives the id of its array. Rejects with what `sbatch` says. */
  submit(args: readonly string[]): Promise<string>
  /** Lists the tasks of an array; none if Slurm knows it no longer; undefined if Slurm does not answer now. */
  tasks(arrayId: string): Promise<readonly ArrayTask[] | undefined>
  /** Finds the array that was submitted under a name; undefined if there is none. */
  find(name: string): Promise<string | undefined>
  /** Ends arrays (`17`) or single tasks (`17_3`). Its processes outlive the build. */
  cancel(ids: readonly string[]): void
  /** Counts the processors that a partition has in nodes that work; undefined if Slurm does not say. */
  processors(partition: string | undefined): Promise<number | undefined>
}

/** Opens the commands of Slurm, which have to be in the PATH of `env`. */
export function openSlurm(env: NodeJS.ProcessEnv): SlurmCommands {
  // Else Slurm cuts long lists of tasks.
  const whole = { ...env, SLURM_BITSTR_LEN: '0' }
  const ask = (program: string, args: readonly string[]) => askProgram(program, args, whole)
  return {
    async submit(args) {
      const { isOk, out, said } = await ask('sbatch', args)
      const id = /^(\d+)/m.exec(out)?.[1]
      if (isOk && id !== undefined) return id
      const partitions = /invalid partition/i.test(said)
        ? await ask('sinfo', ['--noheader', '--format=%R'])
        : undefined
      const advice = partitions?.isOk
        ? `\nExpected one of its partitions: ${lines(partitions.out).join(', ')}`
        : ''
      throw new Error(`Cannot submit jobs to Slurm: ${said || out || 'sbatch says nothing'}${advice}`)
    },
    async tasks(arrayId) {
      const { isOk, out, said } = await ask('scontrol', ['show', 'job', '-o', arrayId])
      if (isOk) return readTasks(out)
      return /invalid job id/i.test(said + out) ? [] : undefined
    },
    async find(name) {
      const { out } = await ask('squeue', ['--noheader', `--name=${name}`, '--format=%F'])
      return /^\d+/m.exec(out)?.[0]
    },
    cancel(ids) {
      const child = spawn('scancel', ids, { env, stdio: 'ignore', detached: true })
      child.on('error', () => {})
      child.unref()
    },
    async processors(partition) {
      const only = partition === undefined ? [] : [`--partition=${partition}`]
      const { isOk, out } = await ask('sinfo', ['--noheader', ...only, '--format=%P %C'])
      return isOk ? readProcessors(out) : undefined
    },
  }
}

function lines(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '')
}

/** Reads what `scontrol show job -o` writes of an array: a line for each task that has begun, one for all that wait. */
export function readTasks(text: string): ArrayTask[] {
  return text.split('\n').flatMap((line) => {
    const field = (name: string) => new RegExp(`(?:^| )${name}=(\\S*)`).exec(line)?.[1] ?? ''
    const node = field('BatchHost') || field('NodeList')
    const task = {
      state: field('JobState'),
      reason: field('Reason'),
      ...(node !== '' && node !== '(null)' && { node }),
    }
    return indicesIn(field('ArrayTaskId')).map((index) => ({ index, ...task }))
  })
}

// `3`, `4-9`, `1,5-8%2`, `0-8:2`.
function indicesIn(text: string): number[] {
  return text
    .replace(/%\d+$/, '')
    .split(',')
    .flatMap((part) => {
      const [, first, last = first, step = '1'] = /^(\d+)(?:-(\d+)(?::(\d+))?)?$/.exec(part) ?? []
      if (first === undefined) return []
      const length = Math.floor((Number(last) - Number(first)) / Number(step)) + 1
      return Array.from({ length }, (_, offset) => Number(first) + offset * Number(step))
    })
}

/** Counts the processors in what `sinfo --format='%P %C'` writes: those of the default partition if there are several. */
export function readProcessors(text: string): number | undefined {
  const rows = [...text.matchAll(/^(\S+) (\d+)\/(\d+)\/\d+\/\d+$/gm)]
  const own = rows.filter(([, name]) => name!.endsWith('*'))
  const sum = (own.length > 0 ? own : rows).reduce(
    (all, [, , busy, idle]) => all + Number(busy) + Number(idle),
    0,
  )
  return sum > 0 ? sum : undefined
}

interface Answered {
  readonly isOk: boolean
  readonly out: string
  /** What it says on stderr, or why it does not run. */
  readonly said: string
}

// A controller that hangs must not stop the build, which learns from files too.
const patienceMs = 20_000

function askProgram(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Answered> {
  return new Promise((resolve) => {
    execFile(program, args, { env, timeout: patienceMs, maxBuffer: 2 ** 26 }, (error, out, said) => {
      resolve({ isOk: error === null, out, said: reasonOf(program, error, said.trim()) })
    })
  })
}

function reasonOf(program: string, error: ExecFileException | null, said: string): string {
  if (error?.code === 'ENOENT')
    return `\`${program}\` is not in PATH, expected Slurm's commands on this machine: see \`weft doctor\``
  return error?.killed ? `\`${program}\` gave no answer within ${patienceMs / 1000} s\n${said}`.trim() : said
}
