import type { Json } from '../model/types.ts'
import { languageAt } from '../syntax/language-at.ts'
import { differenceWords } from './changes.ts'
import type { Compared, Comparison } from './comparison.ts'
import { lostBelow, together } from './comparison.ts'
import { labelsOf } from './dependencies.ts'
import { twoComputations } from './differences.ts'
import { judgeShown } from './judge.ts'
import type { Judgement, Shown } from './judgement.ts'
import type { ShownHere } from './numbers.ts'
import { acceptedOf } from './numbers.ts'
import type { Row } from './outcome.ts'

/** Compares every value and claim; gives one row for each. */
export function compareShown(comparison: Comparison): Compared {
  const { locked, numbers } = comparison
  const accepted = acceptedOf(numbers, locked)
  const here = [...numbers.shown].map(([id, one]) => compareOne(one, accepted.get(id), comparison))
  const found = new Set(accepted.values())
  const gone = locked.shown.filter((one) => !found.has(one))
  return together([...here, ...gone.map((one) => goneRow(one, comparison))])
}

function compareOne(here: ShownHere, before: Shown | undefined, comparison: Comparison): Compared {
  const { dependencies, altered, sentences } = comparison
  const { expression, shown } = here
  const { id, file, kind, source, position } = expression
  const labels = labelsOf(source, { ...before?.read, ...shown?.read }, dependencies)
  const strange = altered.shown.get(id)
  const verdict = judge({ here, before, labels }, comparison)
  const count = Math.max(1, (before ?? shown)?.printed.length ?? 1)
  if (verdict === undefined && strange === undefined) return { rows: [], tally: { 'out of scope': count } }
  const isWell = verdict === undefined || ['equal', 'agrees', 'measured'].includes(verdict.verdict)
  const final = isWell && strange !== undefined ? strange : (verdict ?? strange!)
  const [was, is] = changeText(before, final === strange ? strange.shown : shown)
  const row: Row = {
    kind,
    label: labels.map((label) => `#${label}`).join(' '),
    sentence: sentences.get(id) ?? source,
    place: { file, line: position.start.line, column: position.start.column },
    accepted: was,
    recomputed: is,
    rule: final.rule,
    verdict: final.verdict,
    numbers: count,
  }
  return { rows: [row], tally: { [final.verdict]: count } }
}

type Verdict = Pick<Row, 'verdict' | 'rule'>

function judge(
  { here, before, labels }: { here: ShownHere; before: Shown | undefined; labels: readonly string[] },
  comparison: Comparison,
): Verdict | Judgement | undefined {
  const { measured, unstable, basisOf, isInScope, lost, tree } = comparison
  const gone = lostBelow(labels, comparison)
  if (gone !== undefined) return { verdict: 'not recomputed', rule: `#${gone}: ${lost.get(gone)}` }
  if (!here.shown) return { verdict: 'not recomputed', rule: here.failure ?? 'it has no value' }
  if (!before) return { verdict: 'not accepted', rule: 'it is not in the lock' }
  if (!isInScope(labels)) return undefined
  const { id, tolerance } = here.expression
  if (unstable.hasShown(id)) return twoComputations
  const isMeasured = measured.isLost(id)
  const basis = { ...basisOf(labels), isMeasured, tolerance, lang: languageAt(tree, here.expression) }
  return judgeShown(before, here.shown, basis, measured.movedOf(id))
}

// If the texts are equal, the numbers behind them differ.
function changeText(before: Shown | undefined, here: Shown | undefined): [string, string] {
  if (!before || !here || before.text !== here.text) return [before?.text ?? '', here?.text ?? '']
  const first =
    differenceWords(before.read, here.read) ??
    differenceWords(before.printed as unknown as Json, here.printed as unknown as Json, 'printed')
  return first ?? [before.text, here.text]
}

function goneRow(before: Shown, comparison: Comparison): Compared {
  const { dependencies, lost } = comparison
  const { file, kind, source, text, read, printed } = before
  const labels = labelsOf(source, read, dependencies)
  const count = Math.max(1, printed.length)
  // A value of a failed cell is not missing from the report.
  const gone = lostBelow(labels, comparison)
  const verdict = gone === undefined ? 'missing' : 'not recomputed'
  const row: Row = {
    kind,
    label: labels.map((label) => `#${label}`).join(' '),
    sentence: source,
    place: { file },
    accepted: text,
    recomputed: '',
    rule: gone === undefined ? 'it is shown no more' : `#${gone}: ${lost.get(gone)}`,
    verdict,
    numbers: count,
  }
  return { rows: [row], tally: { [verdict]: count } }
}
