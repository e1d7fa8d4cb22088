import { bundleJob } from '../bundle/bundle-job.ts'
import type { BundledReport } from '../bundle/bundle-report.ts'
import { keyOf, partsOf } from '../cache/key.ts'
import type { Store } from '../cache/store.ts'
import type { CellResult } from '../execute/cell-result.ts'
import { languageOfCell } from '../execute/run-cell.ts'
import type { CellResults } from '../execute/run-cells.ts'
import type { Bundle, Cell, Json, ReportTree, StoredResult } from '../model/types.ts'
import type { OldCode } from './code-change.ts'
import { type Change, explainParts } from './explain-parts.ts'

/** A report with the results that it has without running anything, and with what is stored of earlier results. */
export interface Known {
  readonly tree: ReportTree
  readonly bundled: BundledReport
  readonly cellResults: CellResults
  readonly store: Store
  readonly code: OldCode
  /** Gives the earlier result of a cell: from the last build on this machine, or the accepted one. */
  previous(label: string): StoredResult | undefined
  versionOf(packageName: string): string | undefined
}

/** Whether a result exists, and if not, why. */
export interface Explanation {
  readonly state: 'kept' | 'would run' | 'cannot run'
  /** The result to explain. */
  readonly stored?: StoredResult
  readonly changes: readonly Change[]
}

/** Explains why a cell would run, or which result it has. */
export async function explainCell(cell: Cell, known: Known): Promise<Explanation> {
  const cellResult = known.cellResults.cells.get(cell.label)!
  const bundle = known.bundled.cells.get(cell.label)
  if (cellResult.state === 'reused') return { state: 'kept', stored: cellResult.stored, changes: [] }
  if (!bundle || cellResult.state === 'failed')
    return cannot('its code cannot be bundled, or `eval=false` switches it off')
  const upstream = await Promise.all(
    bundle.needs.map(async (name) => ({ name, owner: known.bundled.owners.get(name)! })),
  )
  const waiting = upstream.filter(({ owner }) => known.cellResults.cells.get(owner)?.state !== 'reused')
  const first: Change[] = waiting.map(({ name, owner }) => ({
    words: `it uses \`${name}\` of #${owner}, which would run first`,
    detail: [],
  }))
  const previous = known.previous(cell.label)
  if (!previous)
    return { state: 'would run', changes: [...first, { words: 'it has no earlier result', detail: [] }] }
  const changes = [
    ...(await changesOf(cellResult, bundle, previous, known)),
    ...changedReads(previous, known),
  ]
  if (first.length + changes.length > 0)
    return { state: 'would run', stored: previous, changes: [...changes, ...first] }
  // Nothing that decides the key has changed, so a stored result is missing.
  return {
    state: 'would run',
    stored: previous,
    changes: [{ words: 'its result, or that of one of its jobs, is not kept', detail: [] }],
  }
}

function changedReads(previous: StoredResult, { store }: Known): Change[] {
  return store.changed(previous).map((place) => ({ words: `${place}, which was read, changed`, detail: [] }))
}

function cannot(words: string): Explanation {
  return { state: 'cannot run', changes: [{ words, detail: [] }] }
}

async function changesOf(
  cellResult: CellResult,
  bundle: Bundle,
  previous: StoredResult,
  known: Known,
): Promise<Change[]> {
  const { exports } = known.cellResults
  if (cellResult.state === 'skipped' || bundle.needs.some((name) => !exports.has(name))) return []
  const inputs = {
    exports: Object.fromEntries(bundle.needs.map((name) => [name, exports.get(name)!])),
    params: Object.fromEntries(bundle.params.map((name) => [name, known.tree.report.params[name]!])),
  }
  const lang = languageOfCell(cellResult.cell, bundle, known.tree)
  return explainParts(partsOf(bundle, { ...inputs, ...(lang === undefined ? {} : { lang }) }), previous, {
    bundle,
    code: known.code,
    inputs: { ...prefixed('export', inputs.exports), ...prefixed('param', inputs.params) },
    earlierExport: (name) => known.previous(known.bundled.owners.get(name)!)?.exports[name],
    versionOf: known.versionOf,
  })
}

function prefixed(
  kind: string,
  values: { readonly [name: string]: Json },
): { readonly [part: string]: Json } {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${kind}:${name}`, value]))
}

/** Explains whether a job that a result depends on is unchanged, or why it would run again. */
export async function explainJob(job: StoredResult, known: Known): Promise<Explanation> {
  const request = job.provenance.job!
  let bundle: Bundle
  try {
    bundle = await bundleJob(known.tree.report.root, request)
  } catch (error) {
    return { ...cannot((error as Error).message), stored: job }
  }
  const parts = partsOf(bundle, { job: request })
  if (known.store.read(keyOf(parts))) return { state: 'kept', stored: job, changes: [] }
  const parted = await explainParts(parts, job, {
    bundle,
    code: known.code,
    inputs: { params: request.params, seed: request.seed },
    versionOf: known.versionOf,
  })
  const changes = [...parted, ...changedReads(job, known)]
  const lost: Change = { words: 'its result is not kept', detail: [] }
  return { state: 'would run', stored: job, changes: changes.length > 0 ? changes : [lost] }
}

/** Writes an explanation as lines: the title, then each change with its details below it. */
export function writeExplanation(
  title: string,
  { state, stored, changes }: Explanation,
  isAccepted: boolean,
): string[] {
  if (state === 'kept') {
    const kind = isAccepted ? 'the accepted' : "this machine's"
    return [
      `${title} is reused: nothing that decides it has changed`,
      ...(stored ? [`  ${kind} result ${stored.key.slice(0, 12)}, ${circumstances(stored)}`] : []),
    ]
  }
  const lines = changes.flatMap(({ words, detail }) => [`  ${words}`, ...detail.map((line) => `    ${line}`)])
  return [`${title} ${state}`, ...lines]
}

function circumstances({ provenance }: StoredResult): string {
  const { computedAt, node, engine, elapsedMs } = provenance
  const by =
    engine === undefined ? `Node ${node.replace(/^v/, '')}` : `${engine}, Node ${node.replace(/^v/, '')}`
  return `computed on ${computedAt.slice(0, 10)} in ${(elapsedMs / 1000).toFixed(1)} s with ${by}`
}

/** Lists what decides a result: the names of its inputs and the files of its code. */
export function decidersOf(bundle: Bundle): string[] {
  // In other projects, the tool's entries are outside the root.
  const files = Object.keys(bundle.inputs).filter((file) => !file.startsWith('..'))
  const lists: [string, readonly string[]][] = [
    ['exports', bundle.needs],
    ['params', bundle.params],
    ['packages', Object.keys(bundle.packages)],
    ['files', files],
  ]
  const told = lists.filter(([, names]) => names.length > 0)
  return told.map(([kind, names]) => `  ${kind}: ${few(names)}`)
}

function few(names: readonly string[]): string {
  return names.length > 8 ? `${names.slice(0, 7).join(', ')} and ${names.length - 7} more` : names.join(', ')
}
