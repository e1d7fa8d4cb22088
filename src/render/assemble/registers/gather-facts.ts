import type { Heading, PhrasingContent } from 'mdast'
import type { Parent } from 'unist'
import type { CellResult } from '../../execute/cell-result.ts'
import type { Evaluated, Expressions } from '../../execute/evaluate.ts'
import type {
  Bundle,
  Cell,
  Chapter,
  Digest,
  Expression,
  Json,
  Reader,
  ReportTree,
  StoredResult,
} from '../../model/types.ts'
import type { RegisterPlace } from '../../syntax/register-directive.ts'
import type { Answered } from '../requirements.ts'

/** A job with its stored result, and the first cell that requested it. */
export interface Job {
  readonly stored: StoredResult
  readonly request: NonNullable<StoredResult['provenance']['job']>
  readonly cell: Cell
}

/** A claim with its words as the page shows them. */
export interface Claim {
  readonly expression: Expression
  readonly words: readonly PhrasingContent[]
  readonly outcome: Evaluated | undefined
}

/** The input of registers: the computed report, and nothing about the build. */
export interface Facts {
  /** The project's root, for the sources of experiments. */
  readonly root: string
  /** The files of the project that the code of cells was bundled from, relative to the root. */
  readonly inputs: readonly string[]
  /** Reads these sources, with the limits of an untrusted report. */
  readonly readSource: Reader['readSource']
  /** Chapters as the page shows them. */
  readonly chapters: readonly Chapter[]
  /** The ids that registers give to headings without one, to link to them. */
  readonly headingIds: Map<Heading, string>
  /** Cells that have a result. */
  readonly cells: readonly { readonly cell: Cell; readonly stored: StoredResult }[]
  /** Each job once, in the order of the cells that requested them. */
  readonly jobs: readonly Job[]
  readonly claims: readonly Claim[]
  /** The requirements of the front matter with their answers. */
  readonly requirements: readonly Answered[]
  /** Every register of the report, this one among them. */
  readonly places: readonly RegisterPlace[]
  /** Printed texts of the inline values that have a result. */
  readonly values: readonly string[]
  /** Labels of cells without a result, and how many jobs lack theirs. */
  readonly missing: { readonly cells: readonly string[]; readonly jobs: number }
  /** Whether some result does not belong to the current sources. */
  readonly isStale: boolean
}

/** The results of the cells, expressions and jobs of a report. */
interface Results {
  readonly cells: ReadonlyMap<string, CellResult>
  readonly expressions: Expressions
  /** Results of the jobs that the cells depend on, by key. */
  readonly jobs: ReadonlyMap<Digest, StoredResult>
  /** What the code of each cell was bundled from. */
  readonly bundles?: ReadonlyMap<string, Pick<Bundle, 'inputs'>>
}

/**
 * Gathers the facts that registers show.
 *
 * @param places the places of all registers
 * @param claims the claims as the page shows them, by id
 * @param requirements the requirements of the front matter with their answers
 */
export function gatherFacts(
  tree: ReportTree,
  chapters: readonly Chapter[],
  results: Results,
  {
    places,
    claims,
    requirements,
  }: Pick<Facts, 'places' | 'requirements'> & { readonly claims: ReadonlyMap<string, Parent> },
): Facts {
  const cellResults = [...results.cells.values()]
  const cells = cellResults.flatMap((one) =>
    'stored' in one && one.stored ? [{ cell: one.cell, stored: one.stored }] : [],
  )
  const { jobs, missing } = jobsOf(cells, results.jobs)
  const prose = tree.expressions.map((expression) => ({
    expression,
    outcome: results.expressions.get(expression.id)?.result,
  }))
  return {
    root: tree.report.root,
    inputs: [...(results.bundles?.values() ?? [])].flatMap(({ inputs }) => Object.keys(inputs)),
    readSource: tree.report.reader.readSource,
    chapters,
    headingIds: new Map(),
    cells,
    jobs,
    requirements,
    places,
    claims: prose.flatMap((one) =>
      one.expression.kind === 'claim' ? [{ ...one, words: nodesOfClaim(claims.get(one.expression.id)) }] : [],
    ),
    values: prose.flatMap(({ expression: { kind }, outcome }) =>
      kind === 'value' && outcome?.ok ? [outcome.text] : [],
    ),
    missing: { cells: cellResults.filter(lacksResult).map(({ cell }) => cell.label), jobs: missing },
    isStale: cellResults.some(({ state }) => state === 'stale'),
  }
}

function nodesOfClaim(claim: Parent | undefined): PhrasingContent[] {
  return (claim?.children ?? []) as PhrasingContent[]
}

// A cell that its author has switched off is not missing.
function lacksResult(cellResult: CellResult): boolean {
  return cellResult.cell.options.evaluate && !('stored' in cellResult && cellResult.stored)
}

function jobsOf(cells: Facts['cells'], results: ReadonlyMap<Digest, StoredResult>) {
  const jobs = new Map<Digest, Job>()
  const missing = new Set<Digest>()
  for (const { cell, stored } of cells) {
    for (const key of stored.provenance.jobs ?? []) {
      const job = results.get(key)
      const request = job?.provenance.job
      if (!job || !request) missing.add(key)
      else if (!jobs.has(key)) jobs.set(key, { stored: job, request, cell })
    }
  }
  return { jobs: [...jobs.values()], missing: missing.size }
}

/** All jobs of one experiment. */
export interface ExperimentJobs {
  readonly name: string
  /** Relative to the project's root, without a dot before it. */
  readonly module: string
  readonly jobs: readonly Job[]
}

/** Groups jobs by experiment, in the order in which the report requests them. */
export function groupJobs({ jobs }: Pick<Facts, 'jobs'>): ExperimentJobs[] {
  const groups = new Map<string, { name: string; module: string; jobs: Job[] }>()
  for (const job of jobs) {
    const { module, name } = job.request
    const address = `${module}#${name}`
    if (!groups.has(address)) groups.set(address, { name, module: module.replace(/^\.\//, ''), jobs: [] })
    groups.get(address)!.jobs.push(job)
  }
  return [...groups.values()]
}

/** Flattens a job's params by path: each member of an object has its own path; an array stays whole. */
export function paramsOf(params: Json): ReadonlyMap<string, Json> {
  const leaves = new Map<string, Json>()
  gatherLeaves(params, '', leaves, 0)
  return leaves
}

const deepest = 3

function gatherLeaves(value: Json, path: string, leaves: Map<string, Json>, depth: number): void {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  const members = isRecord ? Object.entries(value as Record<string, Json>) : []
  if (members.length === 0 || depth === deepest) {
    if (path !== '' || !isRecord) leaves.set(path || 'params', value)
    return
  }
  for (const [name, member] of members)
    gatherLeaves(member, path === '' ? name : `${path}.${name}`, leaves, depth + 1)
}
