import type { Comparison } from './comparison.ts'
import { cellPlace, labelOf } from './comparison.ts'
import { allBelow, labelsOf } from './dependencies.ts'
import type { Sentence } from './outcome.ts'

/** Gives every sentence, table and figure that rests on any of some cells, directly or through later ones. */
export function restingOn(labels: readonly string[], comparison: Comparison): Sentence[] {
  const { numbers, locked, dependencies, sentences } = comparison
  const rests = (direct: readonly string[]) => {
    const below = allBelow(direct, dependencies)
    return labels.some((label) => below.has(label))
  }
  const prose = [...numbers.shown.values()].flatMap(({ expression, number, shown }): Sentence[] => {
    const { file, source, position } = expression
    if (!rests(labelsOf(source, shown?.read ?? {}, dependencies))) return []
    const { line, column } = position.start
    return [{ place: { file, line, column }, text: sentences.get(number) ?? source }]
  })
  const ids = [...new Set([...Object.keys(locked.tables), ...Object.keys(locked.drawings)])]
  const blocks = ids.flatMap((id): Sentence[] => {
    const label = labelOf(id, comparison)
    return rests([label]) ? [{ place: cellPlace(label, comparison), text: `#${id}` }] : []
  })
  return [...prose, ...blocks]
}
