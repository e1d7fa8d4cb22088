import { join } from 'node:path'
import { weftProgram } from '../../model/home.ts'
import type { SlurmSettings } from '../../model/types.ts'
import { type Batch, nameOf } from './batches.ts'

/** What the script of a task has to know. */
export interface ScriptOptions {
  /** Absolute path of report.md. */
  readonly report: string
  /** Absolute: what the build calls --out. */
  readonly out: string
  readonly env: NodeJS.ProcessEnv
  readonly threads: number
  readonly jobsAtOnce: number
}

/** Gives the options of `sbatch` for a batch; those that the author adds come last, so that they win. */
export function sbatchArguments(
  batch: Batch,
  settings: SlurmSettings,
  {
    root,
    threads,
    without,
  }: { readonly root: string; readonly threads: number; readonly without: readonly string[] },
): string[] {
  const { partition, account, time, memory, cpus = threads, gpus, tasks, flags = [] } = settings
  const given = { partition, account, time, mem: memory, gpus }
  const named = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  )
  return [
    '--parsable',
    `--job-name=${nameOf(batch)}`,
    `--array=0-${batch.tasks.length - 1}${tasks === undefined ? '' : `%${tasks}`}`,
    // Slurm reads a % as the beginning of a symbol.
    `--output=${join(batch.folder.replaceAll('%', '%%'), '%a.out')}`,
    `--chdir=${root}`,
    '--ntasks=1',
    `--cpus-per-task=${cpus}`,
    // Weft submits again what is missing, long before Slurm does.
    '--no-requeue',
    ...(without.length > 0 ? [`--exclude=${without.join(',')}`] : []),
    ...named,
    ...flags,
    scriptOf(batch),
  ]
}

export function scriptOf({ folder }: Pick<Batch, 'folder'>): string {
  return join(folder, 'task.sh')
}

/** The folder of the results of a batch that computes again what is stored. */
export function resultsOf({ folder }: Pick<Batch, 'folder'>): string {
  return join(folder, 'results')
}

/** Writes the script of all tasks of a batch: the worker is the same command that any other scheduler would run. */
export function taskScript(batch: Batch, { report, out, env, threads, jobsAtOnce }: ScriptOptions): string {
  const variables = Object.entries(env).filter(([name]) => /^WEFT_\w+$/.test(name))
  const own = batch.isFresh ? ` --results ${quoted(resultsOf(batch))}` : ''
  return `#!/bin/sh
${variables.map(([name, value]) => `export ${name}=${quoted(value ?? '')}\n`).join('')}node=${quoted(process.execPath)}
[ -x "$node" ] || node=node
cd ${quoted(batch.folder)} || exit 2
exec "$node" ${quoted(weftProgram('cli.js'))} job ${quoted(report)} --out ${quoted(out)} --threads ${threads} --jobs ${jobsAtOnce}${own} --events "$SLURM_ARRAY_TASK_ID.jsonl" $(cat "$SLURM_ARRAY_TASK_ID.keys")
`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
