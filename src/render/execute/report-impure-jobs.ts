import type { FindSource } from '../bundle/point-source.ts'
import { isOfTool, sourcesOf } from '../bundle/point-source.ts'
import { warn } from '../model/messages.ts'
import type { Bundle, Digest, Impurity, JobRequest, ReportTree, StoredResult } from '../model/types.ts'
import type { CellResult } from './cell-result.ts'

/**
 * Reports `cell-is-pure` at each cell that depends on a job whose own code asked for what differs from run to run, with
 * the place in the job's module; once for all jobs of one experiment.
 *
 * @param bundleOf called only for jobs that are reported
 */
export async function reportImpureJobs(
  { chapters, report }: ReportTree,
  cells: ReadonlyMap<string, CellResult>,
  jobs: ReadonlyMap<Digest, StoredResult>,
  bundleOf: (request: JobRequest) => Promise<Bundle>,
): Promise<void> {
  for (const cellResult of cells.values()) {
    if (cellResult.state !== 'ran' && cellResult.state !== 'reused') continue
    const { cell, stored } = cellResult
    const told = new Set<string>()
    for (const key of stored.provenance.jobs ?? []) {
      const { job, impure = [] } = jobs.get(key)?.provenance ?? {}
      if (!job || impure.length === 0) continue
      const find = await placesOf(job, bundleOf)
      for (const impurity of impure) {
        const source = find(impurity)
        if (source && isOfTool(source, report.root)) continue
        const note = source ? [`at ${source.path}:${source.line}:${source.column}`] : []
        const reason = `Job \`${job.name}\` of cell \`#${cell.label}\` ${impurityText(impurity)}`
        const text = [reason, ...note].join('\n')
        if (told.has(text)) continue
        told.add(text)
        const { file } = chapters.find((chapter) => chapter.file.path === cell.file)!
        warn(file, 'cell-is-pure', reason, cell.position, { note })
      }
    }
  }
}

// A job that can no longer be bundled has no place, for example if its module is gone and nothing may run.
async function placesOf(
  job: JobRequest,
  bundleOf: (request: JobRequest) => Promise<Bundle>,
): Promise<FindSource> {
  try {
    return sourcesOf((await bundleOf(job)).map)
  } catch {
    return () => undefined
  }
}

function impurityText({ kind, what }: Impurity): string {
  const alone = 'expected a result that depends on its sources, params and seed alone'
  if (kind === 'chance')
    return `draws at random (${what}), ${alone}: draw from a generator made of the job's seed`
  if (kind === 'network')
    return `asks the network (${what}), ${alone}: keep what it answers in a file of the project`
  return `reads the environment (${what}), ${alone}: make it a param`
}
