import { bundleJob } from '../bundle/bundle-job.ts'
import type { BundledReport } from '../bundle/bundle-report.ts'
import { keyOf, partsOf } from '../cache/key.ts'
import type { Store } from '../cache/store.ts'
import type { Settled, SettledCell } from '../execute/settle.ts'
import type { Bundle, Cell, Frozen, Json, ReportTree } from '../model/types.ts'
import type { OldCode } from './code-change.ts'
import { type Change, explainParts } from './explain-parts.ts'

/** A report whose cells are settled as far as nothing had to run for it, and what is kept of earlier results. */
export interface Known {
  readonly tree: ReportTree
  readonly bundled: BundledReport
  readonly settled: Settled
  readonly store: Store
  readonly code: OldCode
  /** The result that a cell had before: of the last build here, or accepted. */
  previous(label: string): Frozen | undefined
  versionOf(packageName: string): string | undefined
}

/** Whether a result is there, and why not. */
export interface Explanation {
  readonly state: 'kept' | 'would run' | 'cannot run'
  /** What it is that is explained. */
  readonly frozen?: Frozen
  readonly changes: readonly Change[]
}

/** Says why a cell would run, or which result it has. */
export async function explainCell(cell: Cell, known: Known): Promise<Explanation> {
  const settled = known.settled.cells.get(cell.label)!
  const bundle = known.bundled.cells.get(cell.label)
  if (settled.state === 'defrosted') return { state: 'kept', frozen: settled.frozen, changes: [] }
  if (!bundle || settled.state === 'failed')
    return cannot('its code cannot be bundled, or `eval=false` switches it off')
  const upstream = await Promise.all(
    bundle.needs.map(async (name) => ({ name, owner: known.bundled.owners.get(name)! })),
  )
  const waiting = upstream.filter(({ owner }) => known.settled.cells.get(owner)?.state !== 'defrosted')
  const first: Change[] = waiting.map(({ name, owner }) => ({
    words: `it uses \`${name}\` of #${owner}, which would run first`,
    detail: [],
  }))
  const previous = known.previous(cell.label)
  if (!previous)
    return { state: 'would run', changes: [...first, { words: 'it has no earlier result', detail: [] }] }
  const changes = [...(await changesOf(settled, bundle, previous, known)), ...changedReads(previous, known)]
  if (first.length + changes.length > 0)
    return { state: 'would run', frozen: previous, changes: [...changes, ...first] }
  // Its key is as it was: what it rests on is not.
  return {
    state: 'would run',
    frozen: previous,
    changes: [{ words: 'its result, or that of one of its jobs, is not kept', detail: [] }],
  }
}

function changedReads(previous: Frozen, { store }: Known): Change[] {
  return store.changed(previous).map((place) => ({ words: `${place}, which was read, changed`, detail: [] }))
}

function cannot(words: string): Explanation {
  return { state: 'cannot run', changes: [{ words, detail: [] }] }
}

async function changesOf(
  settled: SettledCell,
  bundle: Bundle,
  previous: Frozen,
  known: Known,
): Promise<Change[]> {
  const { exports } = known.settled
  if (settled.state === 'skipped' || bundle.needs.some((name) => !exports.has(name))) return []
  const given = {
    exports: Object.fromEntries(bundle.needs.map((name) => [name, exports.get(name)!])),
    params: Object.fromEntries(bundle.params.map((name) => [name, known.tree.report.params[name]!])),
  }
  return explainParts(partsOf(bundle, given), previous, {
    bundle,
    code: known.code,
    given: { ...prefixed('export', given.exports), ...prefixed('param', given.params) },
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

/** Says whether a job that a result rests on is still what it was, and why it would run again. */
export async function explainJob(job: Frozen, known: Known): Promise<Explanation> {
  const request = job.provenance.job!
  let bundle: Bundle
  try {
    bundle = await bundleJob(known.tree.report.root, request)
  } catch (error) {
    return { ...cannot((error as Error).message), frozen: job }
  }
  const parts = partsOf(bundle, { job: request })
  if (known.store.read(keyOf(parts))) return { state: 'kept', frozen: job, changes: [] }
  const parted = await explainParts(parts, job, {
    bundle,
    code: known.code,
    given: { params: request.params, seed: request.seed },
    versionOf: known.versionOf,
  })
  const changes = [...parted, ...changedReads(job, known)]
  const lost: Change = { words: 'its result is not kept', detail: [] }
  return { state: 'would run', frozen: job, changes: changes.length > 0 ? changes : [lost] }
}
