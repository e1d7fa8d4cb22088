import type { Environment } from '../model/lock.ts'
import type { Digest, Json, StoredResult } from '../model/types.ts'
import { environmentsOf } from '../results/used.ts'
import { strangeEnvironment } from './accepted-results.ts'
import { type Comparison, cellPlace, labelOf } from './comparison.ts'
import { allBelow, labelsOf } from './dependencies.ts'
import { contentLeaves, differingPaths, leavesOf, twoComputations } from './differences.ts'
import type { Row, Sentence } from './outcome.ts'

/** Gives a row for each accepted result that is damaged, altered or moved, or that differs although it must not. */
export function compareResults(comparison: Comparison, ranJobs: ReadonlySet<Digest>): Row[] {
  const { accepted, locked } = comparison
  const damaged = [...accepted.damaged].map(([key, rule]) => damagedRow(key, rule, comparison))
  const changed = [...accepted.changed].map(([key, rule]) => damagedRow(key, rule, comparison, 'altered'))
  const strange = strangeEnvironment(accepted, locked)
  const moved = strange === undefined ? [] : [resultRow('', strange, [], comparison, 'altered')]
  return [...damaged, ...changed, ...moved, ...jobRows(comparison, ranJobs)]
}

/** Gives a row for each cell whose accepted result differs, even though no number in the lock does. */
export function compareCells(comparison: Comparison, told: ReadonlySet<string>): Row[] {
  const { accepted, locked, results, basisOf, measured, unstable } = comparison
  return [...results.cells].flatMap(([label, cellResult]) => {
    const before = accepted.stored.get(locked.cells[label] ?? '')
    if (cellResult.state !== 'ran' || before?.key !== cellResult.stored.key || told.has(label)) return []
    const { isSame, isTrained } = basisOf([label])
    if (isTrained && !isSame) return []
    const [a, b]: [Leaves, Leaves] = [contentLeaves(before), contentLeaves(cellResult.stored)]
    const path = differingPaths(a, b).find((one) => !measured.hasLeaf(label, one))
    if (path === undefined) return []
    const row = differingRow(`#${label}`, { path, a, b }, [label], comparison)
    return [unstable.hasLeaf(label, path) ? { ...row, ...twoComputations } : row]
  })
}

type Leaves = ReadonlyMap<string, Json>

function jobRows(comparison: Comparison, ranJobs: ReadonlySet<Digest>): Row[] {
  const { accepted, results } = comparison
  return [...ranJobs].sort().flatMap((key) => {
    const [before, job] = [accepted.stored.get(key), results.jobs.get(key)]
    if (!before || !job) return []
    const isExact = job.provenance.usesEngine === false || nameOf([job]) === nameOf([before])
    if (!isExact) return []
    const [a, b]: [Leaves, Leaves] = [leavesOf(before.exports), leavesOf(job.exports)]
    const [path] = differingPaths(a, b)
    if (path === undefined) return []
    return [differingRow(job.provenance.label, { path, a, b }, askers(key, comparison), comparison)]
  })
}

function nameOf(jobs: readonly StoredResult[]): string {
  return JSON.stringify(environmentsOf(jobs) satisfies Environment[])
}

function damagedRow(
  key: Digest,
  rule: string,
  comparison: Comparison,
  verdict: Row['verdict'] = 'damaged',
): Row {
  const { locked } = comparison
  const own = Object.entries(locked.cells).flatMap(([label, one]) => (one === key ? [label] : []))
  const labels = own.length > 0 ? own : askers(key, comparison)
  const label = locked.jobs[key] ?? own.map((one) => `#${one}`).join(' ')
  return { ...resultRow(label, rule, labels, comparison, verdict), accepted: `${key.slice(0, 12)}….json` }
}

// The cells that request a job now, or did when it was accepted.
function askers(key: Digest, { locked, accepted, results }: Comparison): string[] {
  const before = Object.entries(locked.cells).flatMap(([label, cell]) => {
    return accepted.stored.get(cell)?.provenance.jobs?.includes(key) ? [label] : []
  })
  const now = [...results.cells].flatMap(([label, cellResult]) => {
    return 'stored' in cellResult && cellResult.stored?.provenance.jobs?.includes(key) ? [label] : []
  })
  return [...new Set([...before, ...now])]
}

function differingRow(
  label: string,
  { path, a, b }: { readonly path: string; readonly a: Leaves; readonly b: Leaves },
  labels: readonly string[],
  comparison: Comparison,
): Row {
  const rule = 'exact: the same engine, kind of CPU and Node, or no training'
  const [accepted, recomputed] = [a, b].map((leaves) => JSON.stringify(leaves.get(path) ?? null)) as [
    string,
    string,
  ]
  const row = resultRow(label, rule, labels, comparison, 'differs')
  return { ...row, sentence: path.replace(/^\./, ''), accepted, recomputed }
}

function resultRow(
  label: string,
  rule: string,
  labels: readonly string[],
  comparison: Comparison,
  verdict: Row['verdict'],
): Row {
  return {
    kind: 'result',
    label,
    sentence: '',
    place: cellPlace(labels[0] ?? '', comparison),
    accepted: '',
    recomputed: '',
    rule,
    verdict,
    numbers: 1,
    restOnIt: restingOn(labels, comparison),
  }
}

/** Gives every sentence, table and figure that depends on any of some cells, directly or through later cells. */
function restingOn(labels: readonly string[], comparison: Comparison): Sentence[] {
  const { numbers, locked, dependencies, sentences } = comparison
  const rests = (direct: readonly string[]) => {
    const below = allBelow(direct, dependencies)
    return labels.some((label) => below.has(label))
  }
  const prose = [...numbers.shown.values()].flatMap(({ expression, shown }): Sentence[] => {
    const { id, file, source, position } = expression
    if (!rests(labelsOf(source, shown?.read ?? {}, dependencies))) return []
    const { line, column } = position.start
    return [{ place: { file, line, column }, text: sentences.get(id) ?? source }]
  })
  const ids = [...new Set([...Object.keys(locked.tables), ...Object.keys(locked.drawings)])]
  const blocks = ids.flatMap((id): Sentence[] => {
    const label = labelOf(id, comparison)
    return rests([label]) ? [{ place: cellPlace(label, comparison), text: `#${id}` }] : []
  })
  return [...prose, ...blocks]
}
