import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findPackage } from '../render/bundle/packages.ts'
import { fileOf } from '../render/cache/result-store.ts'
import { jobLabel } from '../render/execute/job-runner.ts'
import { weftHome } from '../render/model/home.ts'
import { suggestion } from '../render/model/nearest.ts'
import type { Paths } from '../render/model/paths.ts'
import type { Cell, StoredResult } from '../render/model/types.ts'
import { plural } from '../render/output/format.ts'
import type { Session } from '../render/pipeline/session.ts'
import type { Explanation, Known } from '../render/why/explain-cell.ts'
import { decidersOf, explainCell, explainJob, writeExplanation } from '../render/why/explain-cell.ts'
import type { Arguments } from './arguments.ts'
import type { Console } from './console.ts'
import { openReport } from './open-report.ts'

/** Says why a cell or a job would run, or that its result is reused. Runs nothing. */
export async function runWhy({ report, label }: Arguments, console: Console): Promise<number> {
  const session = openReport(report)
  try {
    const { paths } = session.options
    const known = await readKnown(session)
    const cell = known.tree.cells.find((one) => one.label === label)
    const lines = cell ? await linesOfCell(cell, known, paths) : await linesOfJobs(label!, known, paths)
    console.messages(known.tree.report.files)
    console.answer(`${lines.join('\n')}\n`)
    return 0
  } finally {
    await session.close()
  }
}

async function readKnown(session: Session): Promise<Known> {
  const { paths, mode } = session.options
  const source = session.read()
  const { report, tree } = source
  const accepted = mode.accepted(report)
  const keys = { ...accepted?.cells, ...mode.lastKeys(report) }
  const program = await session.bundle(source)
  const run = await session.run(program, { mayRun: false, evaluates: false })
  const previous = (name: string) => run.store.find(keys[name])
  return {
    tree,
    bundled: program,
    cellResults: run,
    store: run.store,
    code: { root: report.root, runFolder: join(paths.cache, 'run'), accepted: accepted?.sources ?? {} },
    previous,
    versionOf: (name) => versionOf(name, report.root),
  }
}

function versionOf(name: string, root: string): string | undefined {
  const folder = findPackage(name, root) ?? findPackage(name, weftHome())
  return folder && `${name} ${JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version}`
}

async function linesOfCell(cell: Cell, known: Known, paths: Paths): Promise<string[]> {
  const { line, column } = cell.position.start
  const title = `#${cell.label} (${cell.file}:${line}:${column})`
  const explanation = await explainCell(cell, known)
  const bundle = known.bundled.cells.get(cell.label)
  const jobs = jobsOf([explanation.stored], known)
  return [
    ...writeExplanation(title, explanation, isAccepted(explanation, paths)),
    ...(bundle ? decidersOf(bundle) : []),
    ...(await summaries(jobs, known)),
  ]
}

// One line for each experiment: its jobs differ only in their params.
async function summaries(jobs: readonly StoredResult[], known: Known): Promise<string[]> {
  const groups = new Map<string, StoredResult[]>()
  for (const job of jobs) {
    const { name, module } = job.provenance.job!
    const title = `${name} (${module.replace(/^\.\//, '')})`
    groups.set(title, [...(groups.get(title) ?? []), job])
  }
  const lines: string[] = []
  for (const [title, group] of groups) {
    const all = await Promise.all(group.map((job) => explainJob(job, known)))
    const running = all.filter(({ state }) => state !== 'kept')
    const first = running[0]?.changes[0]?.words
    const rest = first === undefined ? 'all kept' : `${running.length} would run: ${first}`
    lines.push(`  ${plural(group.length, 'job')} of ${title}, ${rest}`)
  }
  return lines
}

async function linesOfJobs(label: string, known: Known, paths: Paths): Promise<string[]> {
  const all = jobsOf(
    known.tree.cells.map((cell) => known.previous(cell.label)),
    known,
  )
  const jobs = all.filter((job) => namesOf(job).includes(label) || job.key.startsWith(label))
  if (jobs.length === 0) {
    const names = [
      ...known.tree.cells.map((cell) => cell.label),
      ...new Set(all.flatMap((job) => namesOf(job))),
    ]
    throw new Error(
      `Unknown label \`${label}\`, expected that of a cell, or the name of an experiment or a job${suggestion(label, names)}`,
    )
  }
  const blocks = await Promise.all(
    jobs.slice(0, most).map(async (job) => {
      const explanation = await explainJob(job, known)
      return writeExplanation(
        `job ${job.provenance.label}, ${paramsOf(job)},`,
        explanation,
        isAccepted(explanation, paths),
      )
    }),
  )
  const more = jobs.length > most ? [`and ${jobs.length - most} more of that name`] : []
  return [...blocks.flat(), ...more]
}

const most = 5

function jobsOf(results: readonly (StoredResult | undefined)[], { store }: Known): StoredResult[] {
  const keys = new Set(results.flatMap((stored) => stored?.provenance.jobs ?? []))
  return [...keys].flatMap((key) => store.find(key) ?? [])
}

function namesOf({ provenance }: StoredResult): string[] {
  return [provenance.job!.name, provenance.label, jobLabel(provenance.job!)]
}

function paramsOf({ provenance }: StoredResult): string {
  const text = JSON.stringify(provenance.job!.params)
  return text.length > 90 ? `${text.slice(0, 87)}...` : text
}

function isAccepted({ stored }: Explanation, paths: Paths): boolean {
  return stored !== undefined && existsSync(fileOf(paths.freeze, stored.key))
}
