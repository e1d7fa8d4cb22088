import { differenceWords } from '../check/changes.ts'
import { labelsOf } from '../check/dependencies.ts'
import { judgeShown } from '../check/judge.ts'
import { wordsAround } from '../check/judge-printed.ts'
import type { Judgement, Shown } from '../check/judgement.ts'
import { placeText } from '../check/outcome.ts'
import type { Passage } from '../check/sentences.ts'
import type { Json } from '../model/types.ts'
import { languageAt } from '../syntax/language-at.ts'
import type { Comparing, Found } from './comparing.ts'
import { matchShown, type ShownPair } from './match-shown.ts'
import { bothMoved, movedIn } from './measured-values.ts'
import type { ShownChange, Tally, Verdict } from './schema.ts'

/** Compares all values and claims of two versions. */
export function compareShown(comparing: Comparing): Found {
  const { before, after, sentences } = comparing
  const words = { before: sentences.before.wordsOf, after: sentences.after.wordsOf }
  const found = matchShown(before.locked.shown, after.locked.shown, words).map((pair) =>
    compareOne(pair, comparing),
  )
  return { changes: found.flatMap(({ change }) => change ?? []), tallies: found.map(({ tally }) => tally) }
}

interface One {
  readonly change?: ShownChange
  readonly tally: Tally
}

function compareOne(pair: ShownPair, comparing: Comparing): One {
  const { before, after } = pair
  const count = Math.max(1, (after ?? before)!.printed.length)
  if (!before || !after) {
    const verdict = after ? 'added' : 'removed'
    return { change: changeOf(pair, { verdict, rule: '' }, comparing), tally: { [verdict]: count } }
  }
  const judged = judge(before, after, comparing)
  const isTurned = after.kind === 'claim' && before.text !== after.text
  const isRewritten = after.kind === 'claim' && before.source !== after.source && !isTurned
  const tally = { compared: count, ...tallyOf(judged, count), ...(isTurned ? { turned: 1 } : {}) }
  if (isRewritten) {
    const final = { verdict: 'rewritten', rule: 'its condition was written anew, and holds' } as const
    return { change: changeOf(pair, final, comparing), tally: { compared: count, rewritten: count } }
  }
  // What changed below the last printed digit, within the rule, nobody sees.
  const isSeen = before.text !== after.text || judged.verdict === 'beyond'
  return isSeen
    ? { change: changeOf(pair, judged, comparing), tally }
    : { tally: { compared: count, unchanged: count } }
}

/** Names a judgement of a check as it is called between versions. */
export function verdictOf({ verdict, rule }: Judgement): {
  readonly verdict: Verdict
  readonly rule: string
} {
  if (verdict === 'measured') return { verdict, rule }
  return { verdict: verdict === 'differs' ? 'beyond' : 'within', rule }
}

/** Counts numbers of one verdict. */
export function tallyOf({ verdict }: { readonly verdict: Verdict }, count: number): Tally {
  return { [verdict === 'not judged' ? 'notJudged' : verdict]: count }
}

function judge(before: Shown, after: Shown, comparing: Comparing): ReturnType<typeof verdictOf> {
  const { between, measured, sentences } = comparing
  const labels = labelsOf(after.source, { ...before.read, ...after.read }, between.dependencies)
  const expression = sentences.after.expressionOf(after)
  const { tree } = comparing.after
  const lang = expression && tree ? languageAt(tree, expression) : tree?.report.front.lang
  const basis = {
    ...between.basisOf(labels),
    isMeasured: between.isMeasuredAlone(labels),
    tolerance: expression?.tolerance,
    lang,
  }
  const [was, is] = comparable(before, after)
  if (isSameNumber(was, is)) return printedOtherwise
  const values = measured(labels)
  const moved = bothMoved(movedIn(before, values.before), movedIn(after, values.after))
  return verdictOf(judgeShown(was, withoutNumbers(is, was), basis, moved))
}

// An expression that was written anew reads other names: only what it prints can be compared.
function comparable(before: Shown, after: Shown): [Shown, Shown] {
  if (before.source === after.source) return [before, after]
  return [
    { ...before, read: {} },
    { ...after, read: {} },
  ]
}

// A lock of format 1 has no numbers behind its texts.
function withoutNumbers(after: Shown, before: Shown): Shown {
  return before.id === undefined && before.printed.length === 0 ? { ...after, printed: [] } : after
}

/** Nothing but the form of a number changed, such as its decimals. */
export const printedOtherwise = {
  verdict: 'within',
  rule: 'the same number, printed in another way',
} as const

function isSameNumber(before: Shown, after: Shown): boolean {
  const [was, is] = [before, after].map(({ read, printed }) =>
    JSON.stringify([read, printed.map(({ raw }) => raw)]),
  )
  const isSameWords = wordsAround(before.text) === wordsAround(after.text)
  return before.text !== after.text && was === is && after.printed.length > 0 && isSameWords
}

function changeOf(
  { before, after, found }: ShownPair,
  { verdict, rule }: { readonly verdict: Verdict; readonly rule: string },
  { between, sentences, reasons }: Comparing,
): ShownChange {
  const one = (after ?? before)!
  const labels = labelsOf(one.source, { ...before?.read, ...after?.read }, between.dependencies)
  const [was, is] = textsOf(before, after)
  const where = after ? sentences.after.placeOf(after) : sentences.before.placeOf(before!)
  return {
    kind: one.kind,
    id: one.id ?? '',
    label: labels.map((label) => `#${label}`).join(' '),
    place: placeText(where),
    ...(was === undefined ? {} : { before: was }),
    ...(is === undefined ? {} : { after: is }),
    sentence: {
      ...(before ? partsOf('before', sentences.before.of(before)) : {}),
      ...(after ? partsOf('after', sentences.after.of(after)) : {}),
    },
    source: { ...(before ? { before: before.source } : {}), ...(after ? { after: after.source } : {}) },
    ...(found ? { found } : {}),
    verdict,
    rule,
    because: before && after ? reasons(labels) : [],
  }
}

// If the texts are equal, the numbers behind them differ.
function textsOf(
  before: Shown | undefined,
  after: Shown | undefined,
): [string | undefined, string | undefined] {
  if (!before || !after || before.text !== after.text) return [before?.text, after?.text]
  const [was, is] = comparable(before, after)
  const [a, b] = [was, is].map(({ printed }) => printed as unknown as Json) as [Json, Json]
  return differenceWords(was.read, is.read) ?? differenceWords(a, b, 'printed') ?? [was.text, is.text]
}

function partsOf(side: 'before' | 'after', passage: Passage | undefined): ShownChange['sentence'] {
  if (!passage) return {}
  const { text, start, end } = passage
  return { [side]: { before: text.slice(0, start), own: text.slice(start, end), after: text.slice(end) } }
}
