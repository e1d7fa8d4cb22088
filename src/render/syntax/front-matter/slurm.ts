import { z } from 'zod'
import type { SlurmSettings } from '../../model/types.ts'

const list = z.union([z.string(), z.array(z.string())])

/** What authors may write of the Slurm cluster that runs their jobs. */
export const slurm = z.strictObject({
  partition: z.string().min(1).optional().describe('The partition, or several with commas between them.'),
  account: z.string().min(1).optional().describe('The account that pays.'),
  time: z
    .union([z.int().min(1), z.string().regex(/^(\d+-)?\d+(:\d\d){0,2}$/)])
    .optional()
    .describe('The longest time of a task: minutes, `1:30:00`, or `2-12:00:00` with days.'),
  memory: z
    .string()
    .regex(/^\d+[KMGT]?$/)
    .optional()
    .describe('The memory of a task, `4G`.'),
  cpus: z
    .int()
    .min(1)
    .optional()
    .describe(
      'Processors of a task, which runs as many jobs at once as they have threads for (the threads of a job).',
    ),
  gpus: z
    .union([z.int().min(1), z.string().min(1)])
    .optional()
    .describe('GPUs of a task: `1`, or `a100:2` with their kind.'),
  tasks: z.int().min(1).optional().describe('The most tasks that run at once.'),
  flags: list
    .optional()
    .describe('Further options of `sbatch`, which win over the others: `[--constraint=avx512, --qos=long]`.'),
})

type Read = z.output<typeof slurm>

/** Gives the settings that the schema has read. */
export function toSlurm({ time, gpus, flags, ...rest }: Read): SlurmSettings {
  return {
    ...rest,
    ...(time !== undefined && { time: String(time) }),
    ...(gpus !== undefined && { gpus: String(gpus) }),
    ...(flags !== undefined && { flags: typeof flags === 'string' ? wordsIn(flags) : flags }),
  }
}

function wordsIn(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}
