import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { reasonToCompute } from '../cache/key.ts'
import type { LockedProfile } from '../model/lock.ts'
import type { Paths } from '../model/paths.ts'
import { codeWords } from '../why/explain-parts.ts'
import type { Run } from './stages.ts'
import { lastBuild } from './write-build.ts'

/** A cell that ran, with the reason. */
export interface RanCell {
  readonly label: string
  readonly reason: string
  readonly elapsedMs: number
  readonly jobs: number
}

interface Known {
  readonly paths: Paths
  readonly accepted: LockedProfile | undefined
  /** Whether everything ran because the user asked for it. */
  readonly isAsked: boolean
}

/** Lists the cells that ran, in document order, each with the reason. */
export async function listRanCells(run: Run, known: Known): Promise<RanCell[]> {
  const ran = [...run.cells.values()].filter((result) => result.state === 'ran')
  return Promise.all(
    ran.map(async ({ cell: { label }, elapsedMs, jobs }) => {
      const reason = known.isAsked ? 'asked to' : await reasonToRun(label, run, known)
      return { label, reason, elapsedMs, jobs }
    }),
  )
}

async function reasonToRun(label: string, run: Run, { paths, accepted }: Known): Promise<string> {
  const { parts, previous, changedReads } = run.started.get(label)!
  const { params, root } = run.source.report
  if (!previous || parts.bundle === previous.parts.bundle)
    return reasonToCompute(parts, params, previous, undefined, changedReads)
  const code = { root, runFolder: join(paths.cache, 'run'), accepted: accepted?.sources ?? {} }
  const words = await codeWords(previous.parts.bundle!, run.bundles.get(label)!, code)
  return reasonToCompute(parts, params, previous, words, changedReads)
}

/** Gives the keys of the last build on this machine, by label. */
export function lastKeys(paths: Paths, profile: string): { readonly [label: string]: string } {
  const path = lastBuild(paths, profile)
  try {
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')).cells as Record<string, string>) : {}
  } catch {
    return {}
  }
}
