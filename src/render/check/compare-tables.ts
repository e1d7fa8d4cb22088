import { languageAt } from '../syntax/language-at.ts'
import { differenceWords, nameOf } from './changes.ts'
import {
  type Compared,
  type Comparison,
  cellPlace,
  labelOf,
  lostBelow,
  rowsOfPlaces,
  sum,
  together,
} from './comparison.ts'
import { twoComputations } from './differences.ts'
import { judgeCell } from './judge.ts'
import type { Basis, ShownCell } from './judgement.ts'
import type { Row } from './outcome.ts'

/** Compares every number of tables and of plain outputs; gives one row for each table and one for each difference. */
export function compareTables(comparison: Comparison): Compared {
  const { locked, numbers } = comparison
  const ids = [...new Set([...Object.keys(numbers.tables), ...Object.keys(locked.tables)])]
  return together(ids.map((id) => compareTable(id, comparison)))
}

function compareTable(id: string, comparison: Comparison): Compared {
  const { locked, numbers, lost, isInScope, altered } = comparison
  const label = labelOf(id, comparison)
  const [before = {}, here = {}] = [locked.tables[id], numbers.tables[id]]
  const places = [...new Set([...Object.keys(before), ...Object.keys(here)])]
  const count = places.filter((place) => isNumber(before[place] ?? here[place])).length
  const common = {
    id,
    label,
    kind: places[0] === '' ? 'plain' : 'table',
    place: cellPlace(label, comparison),
  } as const
  const gone = lostBelow([label], comparison)
  if (gone !== undefined) {
    const row = lostRow(common, `#${gone}: ${lost.get(gone)}`, count)
    return { rows: [row], tally: { 'not recomputed': count } }
  }
  const strange = altered.places.get(id)
  const inScope = isInScope([label])
  // New and missing numbers are always reported, whatever is in scope.
  const isNew = (place: string) => !before[place] || !here[place]
  if (!inScope && !strange && !places.some(isNew)) return { rows: [], tally: { 'out of scope': count } }
  const judged = places.flatMap((place) => {
    const [a, b] = [before[place], here[place]]
    const own = inScope || isNew(place) ? judgePlace(id, place, [a, b], { comparison, label }) : undefined
    const other = strange?.get(place)
    const isWell = !own || ['equal', 'agrees', 'measured'].includes(own.verdict)
    const final = isWell && other ? other : own
    if (!final) return []
    const [was, is] = changeText(a, final === other ? other?.cell : b)
    return [{ ...final, name: nameOf(place, id, comparison.numbers), was, is, isNumber: isNumber(a ?? b) }]
  })
  const outside = inScope ? {} : { 'out of scope': count - judged.length }
  const { rows, tally } = rowsOfPlaces(common, judged)
  return { rows, tally: sum([tally, outside]) }
}

function judgePlace(
  id: string,
  place: string,
  [before, here]: readonly [ShownCell | undefined, ShownCell | undefined],
  { comparison, label }: { comparison: Comparison; label: string },
): Pick<Row, 'verdict' | 'rule'> {
  if (!before) return { verdict: 'not accepted', rule: 'it is not in the lock' }
  if (!here) return { verdict: 'missing', rule: 'it is shown no more' }
  if (comparison.unstable.hasPlace(id, place)) return twoComputations
  const isMeasured = comparison.measured.hasPlace(id, place)
  const basis = { ...comparison.basisOf([label]), ...writtenAt(label, comparison), isMeasured }
  return judgeCell(before, here, basis)
}

/** Gives the tolerance written at a cell, and its language. */
export function writtenAt(
  label: string,
  { tree }: Pick<Comparison, 'tree'>,
): Pick<Basis, 'tolerance' | 'lang'> {
  const cell = tree.cells.find((one) => one.label === label)
  return cell ? { tolerance: cell.options.tolerance, lang: languageAt(tree, cell) } : {}
}

function lostRow(
  { label, kind, place }: Pick<Row, 'label' | 'kind' | 'place'>,
  rule: string,
  numbers: number,
): Row {
  const accepted = `${numbers} numbers`
  return {
    kind,
    label: `#${label}`,
    sentence: '',
    place,
    accepted,
    recomputed: '',
    rule,
    verdict: 'not recomputed',
    numbers,
  }
}

function isNumber(cell: ShownCell | undefined): boolean {
  return typeof cell?.raw === 'number' || (typeof cell?.raw === 'object' && cell.raw !== null)
}

// If the texts are equal, the numbers behind them differ.
function changeText(a: ShownCell | undefined, b: ShownCell | undefined): [string, string] {
  if (!a || !b || a.text !== b.text) return [a?.text ?? '', b?.text ?? '']
  return differenceWords(a.raw, b.raw) ?? [a.text, b.text]
}
