import type { RootContent } from 'mdast'
import type { CellResult } from '../execute/cell-result.ts'
import type { Evaluated, Expressed } from '../execute/evaluate.ts'
import { exportsOf } from '../execute/run-cells.ts'
import type { ReportTree, Target } from '../model/types.ts'
import { markedIn, markOf } from '../syntax/marks.ts'
import { isRegister } from '../syntax/register-directive.ts'
import type { Results } from './fragment.ts'

/**
 * Opens what says of a node of a chapter which results and numbers `injectNode` puts into it: equal texts for equal
 * results. A register depends on everything, and has none.
 */
export function openGiven(
  { cells, listings }: ReportTree,
  { cells: results, expressions }: Results,
  targets: readonly Target[],
): (node: RootContent) => string | undefined {
  const byOwner = new Map<string, Expressed[]>()
  for (const expressed of expressions.values()) {
    const place = placeOf(expressed.expression)
    byOwner.set(place, [...(byOwner.get(place) ?? []), expressed])
  }
  const cellsByLabel = new Map(cells.map((cell) => [cell.label, cell]))
  const numbers = new Map(targets.map((target) => [target.label, target]))
  const stale = new Set([...results.values()].filter(({ state }) => state === 'stale').flatMap(exportsOf))
  const textOf = ({ expression, result }: Expressed) =>
    [expression.id, result && evaluatedText(result), result && readsStale(result, stale)].join(' ')
  const numberOf = (label: string) => `${numbers.get(label)?.kind} ${numbers.get(label)?.number}`
  return (node) => {
    const parts: string[] = []
    let hasRegister = false
    for (const one of markedIn(node)) {
      hasRegister ||= isRegister(one)
      const { cell: label, listing, expression, typed } = markOf(one) ?? {}
      if (typed !== undefined) parts.push(numberOf(typed))
      if (expression !== undefined) parts.push(textOf(expressions.get(expression)!))
      const owner =
        label !== undefined
          ? cellsByLabel.get(label)
          : listings.find((other) => other.label === listing && other.position === one.position)
      if (!owner) continue
      parts.push(numberOf(owner.label), ...(byOwner.get(placeOf(owner)) ?? []).map(textOf))
      const result = label === undefined ? undefined : results.get(label)
      if (!result) continue
      const shown = 'stored' in result ? (result.stored?.shown ?? []) : []
      parts.push(resultText(result, results), ...shown.map((_, index) => numberOf(`${label}-${index + 1}`)))
    }
    return hasRegister ? undefined : parts.join('\n')
  }
}

function placeOf({
  file,
  position,
}: {
  readonly file: string
  readonly position: { readonly start: { readonly offset?: number } }
}): string {
  return `${position.start.offset} ${file}`
}

// Results are not changed once they are there.
const texts = new WeakMap<Evaluated, string>()

function evaluatedText(result: Evaluated): string {
  const known = texts.get(result) ?? JSON.stringify(result)
  texts.set(result, known)
  return known
}

function readsStale({ read }: Evaluated, stale: ReadonlySet<string>): boolean {
  return stale.size > 0 && Object.keys(read).some((path) => stale.has(/^[^.[]+/.exec(path)?.[0] ?? path))
}

function resultText(result: CellResult, all: Results['cells']): string {
  const { state } = result
  const stored = 'stored' in result ? result.stored : undefined
  const rest =
    state === 'failed'
      ? JSON.stringify(result.failure)
      : state === 'skipped'
        ? `${result.needs} ${result.owner} ${all.get(result.owner)?.state}`
        : state === 'stale'
          ? `${result.needs} ${result.reason}`
          : ''
  return `${state} ${stored?.key} ${stored?.content} ${rest}`
}
