import { canonicalJson } from '../model/digest.ts'
import type { Json, StoredResult } from '../model/types.ts'
import type { Below } from './dependencies.ts'

/**
 * Says what decided that the numbers of some cells changed: the code of cells and experiments, params, packages. Nothing
 * is said of what follows from these, nor where results are not kept.
 */
export function reasonsOf(before: Below, after: Below): string[] {
  if (!before.isWhole || !after.isWhole) return []
  const cells = byLabel(before.cells)
  const reasons = after.cells.flatMap((now) => {
    const was = cells.get(now.provenance.label)
    return was ? cellReasons(was, now) : [`#${now.provenance.label} is new`]
  })
  const found = [...new Set([...reasons, ...jobReasons(before.jobs, after.jobs)])]
  return found.length > 0 ? found : circumstances(before, after)
}

function cellReasons(was: StoredResult, now: StoredResult): string[] {
  const changed = changedParts(was, now)
  const params = changed.flatMap((part) => {
    if (!part.startsWith('param:')) return []
    const name = part.slice('param:'.length)
    const [a, b] = [was, now].map(({ provenance }) => wordsOf(provenance.params?.[name]))
    return [`params.${name} ${a} → ${b}`]
  })
  const code = changed.includes('bundle') ? [`code or data files of #${now.provenance.label}`] : []
  return [...params, ...code, ...packageReasons(changed)]
}

function jobReasons(before: readonly StoredResult[], after: readonly StoredResult[]): string[] {
  const was = new Map(before.map((job) => [nameOf(job), job]))
  return after.flatMap((job) => {
    const other = was.get(nameOf(job))
    if (!other) return []
    const changed = changedParts(other, job)
    const code = changed.includes('bundle')
      ? [`the code of the experiment ${job.provenance.job?.name ?? ''}`]
      : []
    return [...code, ...packageReasons(changed)]
  })
}

function packageReasons(changed: readonly string[]): string[] {
  return changed.flatMap((part) =>
    part.startsWith('package:') ? [`the package ${part.slice('package:'.length)}`] : [],
  )
}

function circumstances(before: Below, after: Below): string[] {
  const [was, is] = [before, after].map(({ jobs }) =>
    canonicalJson(
      [
        ...new Set(
          jobs.map(
            ({ provenance: { engine = 'none', cpu, node } }) =>
              `${engine}, ${cpu}, Node ${node.split('.')[0]}`,
          ),
        ),
      ].sort(),
    ),
  )
  return was === is ? [] : ['another machine or engine']
}

function changedParts(was: StoredResult, now: StoredResult): string[] {
  const names = [...new Set([...Object.keys(was.parts), ...Object.keys(now.parts)])]
  return names.filter((name) => was.parts[name] !== now.parts[name])
}

function nameOf({ provenance: { job } }: StoredResult): string {
  return `${job?.module} ${job?.name}`
}

function byLabel(cells: readonly StoredResult[]): Map<string, StoredResult> {
  return new Map(cells.map((one) => [one.provenance.label, one]))
}

function wordsOf(value: Json | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 37)}...` : text
}
