import { canonicalJson } from '../model/digest.ts'
import { formatterFor } from '../model/formatter.ts'
import type { Json } from '../model/types.ts'
import { judgeNumber, judgePrinted, verdictOf, worst } from './judge-printed.ts'
import type { Basis, Judgement, Shown, ShownCell } from './judgement.ts'
import type { Kept, Moved } from './moved.ts'
import { isAnyMoved, keptOf, still } from './moved.ts'

const measured: Judgement = { verdict: 'measured', rule: 'measured, not judged' }

/**
 * Judges a value or a claim. In the same environment, or without training, everything that it read must be equal.
 * Otherwise a claim must hold or fail as before, and each number that a value printed is judged by itself: a Spread
 * within 2 standard errors of the difference; a single number within the larger of half a unit of its last printed
 * digit and its own tolerance.
 *
 * @param moved Its measured parts: they are left out, and the rest is judged.
 */
export function judgeShown(
  accepted: Shown,
  recomputed: Shown,
  basis: Basis,
  moved: Moved = still,
): Judgement {
  if (basis.isMeasured) return measured
  const both = [accepted, recomputed].map((shown) => inEnglish(shown, basis)) as [Shown, Shown]
  if (!isAnyMoved(moved)) return judgeKept(both, basis, moved)
  const kept = keptOf(both, moved)
  if (kept.every(({ read, pieces }) => pieces.length === 0 && Object.keys(read).length === 0)) return measured
  const { verdict, rule } = judgeKept(both, basis, moved)
  return verdict === 'measured' ? measured : { verdict, rule: `${rule}, but for what is measured` }
}

// Numbers are read as English writes them.
function inEnglish(shown: Shown, { lang = 'en' }: Basis): Shown {
  if (lang === 'en') return shown
  const { english } = formatterFor(lang)
  const printed = shown.printed.map((one) => ({ ...one, text: english(one.text) }))
  return { ...shown, text: english(shown.text), printed }
}

function judgeKept(both: readonly [Shown, Shown], basis: Basis, moved: Moved): Judgement {
  const [was, is] = keptOf(both, moved)
  if (areEqual(was, is)) return equal(basis)
  if (!isTolerant(basis)) return { verdict: 'differs', rule: 'exact' }
  if (both[0].kind === 'claim')
    return moved.isText ? measured : verdictOf(was.text === is.text, 'the claim holds')
  if (!moved.isText) return judgePrinted(...withoutMoved(both, [was, is]), basis)
  if (was.pieces.length === 0) return measured
  if (was.pieces.length !== is.pieces.length) return { verdict: 'differs', rule: 'as many numbers' }
  return worst(was.pieces.map((one, index) => judgeNumber(one, is.pieces[index]!, basis)))
}

// Keeps numbers from formatters separate from digits written directly into the text.
function withoutMoved(both: readonly [Shown, Shown], kept: readonly [Kept, Kept]): [Shown, Shown] {
  const [one, other] = both.map((shown, index) => ({
    ...shown,
    text: kept[index]!.text,
    printed: shown.printed.length > 0 ? [...kept[index]!.pieces] : [],
  }))
  return [one!, other!]
}

/** Judges a number of a table or of a plain output as {@link judgeShown} judges a printed value. */
export function judgeCell(accepted: ShownCell, recomputed: ShownCell, basis: Basis): Judgement {
  if (basis.isMeasured) return measured
  if (accepted.text === recomputed.text && areEqual(accepted.raw, recomputed.raw)) return equal(basis)
  if (!isTolerant(basis)) return { verdict: 'differs', rule: 'exact' }
  const { english } = formatterFor(basis.lang ?? 'en')
  const [before, after] = [accepted, recomputed].map((one) => ({ ...one, text: english(one.text) }))
  return judgeNumber(before!, after!, basis)
}

function isTolerant({ isSame, isTrained }: Basis): boolean {
  return isTrained && !isSame
}

function equal(basis: Basis): Judgement {
  return { verdict: 'equal', rule: isTolerant(basis) ? 'equal' : 'exact' }
}

function areEqual(a: unknown, b: unknown): boolean {
  return canonicalJson(a as Json) === canonicalJson(b as Json)
}
