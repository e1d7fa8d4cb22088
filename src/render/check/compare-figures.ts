import { digestOf } from '../model/digest.ts'
import type { Figure, Json } from '../model/types.ts'
import { plural } from '../output/format.ts'
import { writtenAt } from './compare-tables.ts'
import {
  type Compared,
  type Comparison,
  cellPlace,
  type JudgedPlace,
  labelOf,
  lostBelow,
  rowsOfPlaces,
  together,
} from './comparison.ts'
import { differingPaths, leavesOf, twoComputations } from './differences.ts'
import { judgeCell } from './judge.ts'
import type { Basis } from './judgement.ts'
import { figuresOf } from './numbers.ts'
import type { Row } from './outcome.ts'

/**
 * Compares the specifications of figures, datum by datum if the accepted one is stored; one row for each figure or
 * difference.
 */
export function compareFigures(comparison: Comparison): Compared {
  const { locked, numbers } = comparison
  const ids = [...new Set([...numbers.figures.keys(), ...Object.keys(locked.drawings)])]
  return together(ids.map((id) => compareFigure(id, comparison)))
}

function compareFigure(id: string, comparison: Comparison): Compared {
  const { locked, numbers, lost, isInScope, altered } = comparison
  const label = labelOf(id, comparison)
  const common = { id, label, kind: 'figure', place: cellPlace(label, comparison) } as const
  const [digest, here] = [locked.drawings[id], numbers.figures.get(id)]
  const single = (verdict: Row['verdict'], rule: string, count: number): Compared => {
    const row: Row = {
      ...common,
      label: `#${id}`,
      sentence: '',
      accepted: digest ? plural(count, 'number') : '',
      recomputed: here ? plural(count, 'number') : '',
      rule,
      verdict,
      numbers: count,
    }
    return { rows: [row], tally: { [verdict]: count } }
  }
  const leaves = here ? leavesOf(here) : new Map<string, Json>()
  const data = [...leaves].filter(isDatum).map(([path]) => path)
  const count = Math.max(1, data.length)
  const gone = lostBelow([label], comparison)
  if (gone !== undefined) return single('not recomputed', `#${gone}: ${lost.get(gone)}`, count)
  if (altered.drawings.has(id)) return single('altered', altered.drawings.get(id)!, count)
  if (digest === undefined) return single('not accepted', 'it is not in the lock', count)
  if (!here) return single('missing', 'it is shown no more', 1)
  if (!isInScope([label])) return { rows: [], tally: { 'out of scope': count } }
  const basis = { ...comparison.basisOf([label]), tolerance: writtenAt(label, comparison).tolerance }
  const before = acceptedFigure(id, label, comparison)
  const isMeasured = (path: string) => comparison.measured.hasPlace(id, path)
  const isUnstable = (path: string) => comparison.unstable.hasPlace(id, path)
  if (before)
    return rowsOfPlaces(common, judgeData(leavesOf(before), leaves, { ...basis, isMeasured, isUnstable }))
  const isEqual = digestOf(here) === digest
  if ([...leaves.keys()].some(isUnstable)) return single('differs', twoComputations.rule, count)
  if (data.length > 0 && data.every(isMeasured)) return single('measured', 'measured, not judged', count)
  if (isEqual) return single('equal', 'exact', count)
  // One digest covers all data of the figure.
  if ([...leaves.keys()].some(isMeasured))
    return single('not judged', 'measured in part, and its accepted data are not kept', count)
  if (!basis.isSame && basis.isTrained)
    return single('not judged', 'trained on another machine, and its accepted data are not kept', count)
  return single('differs', 'exact', count)
}

type BasisOfData = Omit<Basis, 'isMeasured'> & {
  isMeasured(path: string): boolean
  isUnstable(path: string): boolean
}

function judgeData(
  before: ReadonlyMap<string, Json>,
  here: ReadonlyMap<string, Json>,
  basis: BasisOfData,
): JudgedPlace[] {
  const differing = new Set(differingPaths(before, here))
  return [...new Set([...before.keys(), ...here.keys()])].flatMap((path) => {
    const [a, b] = [before.get(path), here.get(path)]
    const isNumber = isDatum([path, a ?? b ?? null])
    const isUnstable = basis.isUnstable(path)
    if (!isNumber && !differing.has(path) && !isUnstable) return []
    const name = path.replace(/^\./, '')
    return [
      {
        name,
        was: datumText(a),
        is: datumText(b),
        isNumber,
        ...(isUnstable
          ? twoComputations
          : judgeDatum([a, b], { ...basis, isMeasured: basis.isMeasured(path) })),
      },
    ]
  })
}

/** Judges a datum of a figure, or a word of its specification; `undefined` is one that is not there. */
export function judgeDatum(
  [a, b]: readonly [Json | undefined, Json | undefined],
  basis: Basis,
): Pick<Row, 'verdict' | 'rule'> {
  if (basis.isMeasured) return { verdict: 'measured', rule: 'measured, not judged' }
  if (basis.isTrained && !basis.isSame && !basis.tolerance) return notJudged
  if (a === undefined) return { verdict: 'not accepted', rule: 'it is not among the accepted data' }
  if (b === undefined) return { verdict: 'missing', rule: 'it is drawn no more' }
  if (typeof a !== 'number' || typeof b !== 'number')
    return { verdict: a === b ? 'equal' : 'differs', rule: 'exact' }
  return judgeCell({ raw: a, text: readText(a) }, { raw: b, text: readText(b) }, basis)
}

// A curve has one point for each epoch of its training, and nobody reads its digits.
const notJudged = {
  verdict: 'not judged',
  rule: 'drawn, trained on another machine, and its cell has no rel= or abs=',
} as const

// Nobody reads more than two digits from a drawing.
function readText(value: number): string {
  const [, exponent = '0'] = value.toExponential(1).split('e')
  const decimals = Math.max(0, 1 - Number(exponent))
  return value.toFixed(Math.min(decimals, 20))
}

function acceptedFigure(
  id: string,
  label: string,
  { locked, accepted }: Comparison,
): Figure['spec'] | undefined {
  const stored = accepted.stored.get(locked.cells[label] ?? '')
  return stored && new Map(figuresOf({ label, stored })).get(id)
}

/** Says whether a leaf of a specification is a number that is drawn. */
export function isDatum([path, value]: readonly [string, Json]): boolean {
  return typeof value === 'number' && /(^|\.)data(sets)?[.[]/.test(path)
}

/** Writes a leaf of a specification; empty if it is not there. */
export function datumText(value: Json | undefined): string {
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)
}
