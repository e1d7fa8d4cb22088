import { canonicalJson } from '../../model/digest.ts'
import type { Job } from './gather-facts.ts'

/** Counts the different settings of some jobs, an experiment with its params, and those that ran with several seeds. */
export function repeatedSettings(jobs: readonly Job[]): {
  readonly settings: number
  readonly repeated: number
} {
  const seeds = new Map<string, Set<number>>()
  for (const { request } of jobs) {
    const setting = `${request.module}#${request.name} ${canonicalJson(request.params)}`
    if (!seeds.has(setting)) seeds.set(setting, new Set())
    seeds.get(setting)!.add(request.seed)
  }
  return { settings: seeds.size, repeated: [...seeds.values()].filter(({ size }) => size > 1).length }
}
