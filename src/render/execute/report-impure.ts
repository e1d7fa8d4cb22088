import { resolve } from 'node:path'
import type { Point, Position } from 'unist'
import type { VFile } from 'vfile'
import { type FindSource, isOfTool, pointInChapter, type Source, sourcesOf } from '../bundle/point-source.ts'
import { warn } from '../model/messages.ts'
import type { Bundle, Cell, Digest, Impurity, JobRequest, ReportTree, StoredResult } from '../model/types.ts'
import type { CellResult } from './cell-result.ts'

/**
 * Reports `cell-is-pure` on a cell's chapter for each thing that the cell asked for and that nobody else can get; at its
 * place, if that is in the chapter. Does not report the tool's own modules.
 */
export function reportImpure(
  file: VFile,
  cell: Cell,
  bundle: Bundle,
  impure: readonly Impurity[],
  root: string,
): void {
  if (impure.length === 0) return
  const find = sourcesOf(bundle.map)
  for (const impurity of impure) {
    const source = find(impurity)
    if (source && isOfTool(source, root)) continue
    const { place, note } = placeOfSource(source, cell, file)
    warn(file, 'cell-is-pure', `Cell \`#${cell.label}\` ${impurityText(impurity, root)}`, place, { note })
  }
}

function placeOfSource(
  source: Source | undefined,
  cell: Cell,
  file: VFile,
): { readonly place: Position | Point; readonly note: readonly string[] } {
  if (!source) return { place: cell.position, note: [] }
  if (source.path === cell.file) return { place: pointInChapter(source, cell, String(file)), note: [] }
  return { place: cell.position, note: [`at ${source.path}:${source.line}:${source.column}`] }
}

const alone = 'expected a result that depends on its sources alone'

function impurityText({ kind, what }: Impurity, root: string): string {
  switch (kind) {
    case 'clock':
      return `asks the clock (${what}), ${alone}: pass the time in as a param, or measure in an experiment`
    case 'chance':
      return `draws at random (${what}), ${alone}: draw from a generator whose seed is a param`
    case 'network':
      return `asks the network (${what}), ${alone}: keep what it answers in a file of the project`
    case 'machine':
      return `asks the machine (${what}), ${alone}: make it a param`
    case 'program':
      return `starts another program or thread (${what}), ${alone}: run it before, and keep what it gives in a file of the project`
    case 'environment':
      return `reads the environment (${what}), ${alone}: make it a param`
    case 'file':
      return `reads ${resolve(root, what)}, which nobody else has: expected a file of the project or of WEFT_DATA`
  }
}

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
        const reason = `Job \`${job.name}\` of cell \`#${cell.label}\` ${jobImpurityText(impurity)}`
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

function jobImpurityText({ kind, what }: Impurity): string {
  const alone = 'expected a result that depends on its sources, params and seed alone'
  if (kind === 'chance')
    return `draws at random (${what}), ${alone}: draw from a generator made of the job's seed`
  if (kind === 'network')
    return `asks the network (${what}), ${alone}: keep what it answers in a file of the project`
  return `reads the environment (${what}), ${alone}: make it a param`
}
