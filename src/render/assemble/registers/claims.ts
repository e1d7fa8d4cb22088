import type { PhrasingContent } from 'mdast'
import { isSpread } from '../../../statistics/spread.ts'
import type { Json } from '../../model/types.ts'
import type { Interval } from '../../output/interval.ts'
import { collapseSpreads, heldPercent } from '../claim-evidence.ts'
import type { Claim, Facts } from './gather-facts.ts'
import { paragraph, path, smallLine, text, valueNodes } from './nodes.ts'
import { printsList, type Register, registerTable } from './register.ts'
import { whereNodes } from './section-of.ts'
import type { Speech } from './speech.ts'

/**
 * Lists every claim: its words and their section, its expression with the values that it read, and whether it holds;
 * if known, also the interval of its difference and the share of redraws in which it held. Paper has a sentence instead,
 * unless `print=true`.
 */
export const claims: Register = {
  options: ['print'],
  isTable: true,
  make(facts, { attributes }, speech) {
    const words = speech.say.claims
    const isPrinted = printsList(attributes.print)
    if (facts.claims.length === 0) return [paragraph(words.none)]
    const columns = [{ title: words.claim }, { title: words.testedBy }, { title: words.holds }]
    return {
      table: registerTable(columns, [{ rows: facts.claims.map((claim) => rowOf(claim, facts, speech)) }]),
      caption: words.caption,
      ...(isPrinted ? {} : { onPaper: words.elsewhere(speech.number(facts.claims.length)) }),
    }
  },
}

/** Says whether a claim holds, or `unknown` if its expression gave no result. */
export function holds({ outcome }: Claim): 'yes' | 'no' | 'unknown' {
  if (!outcome?.ok) return 'unknown'
  return outcome.isTrue ? 'yes' : 'no'
}

function rowOf(claim: Claim, facts: Facts, speech: Speech): PhrasingContent[][] {
  const { expression, words, outcome } = claim
  return [
    [...structuredClone(words), smallLine(whereNodes(facts, expression, speech), 'weft-quiet')],
    [path(expression.source), ...readNodes(outcome?.read ?? {}, speech)],
    [text(answerOf(claim, speech)), ...clarityNodes(outcome, speech)],
  ]
}

function answerOf(claim: Claim, { say, value }: Speech): string {
  const answer = holds(claim)
  return answer === 'unknown' ? say.claims.unknown : value(answer === 'yes')
}

function readNodes(read: Readonly<Record<string, Json>>, speech: Speech): PhrasingContent[] {
  const values = collapseSpreads(read)
  const shown = values.slice(0, mostRead)
  const rest = values.length - shown.length
  return [
    ...shown.map(([name, value]) => smallLine([path(name), text(' = '), ...nodesOf(value, speech)])),
    ...(rest === 0 ? [] : [smallLine([text(speech.words.card.andMore(rest))])]),
  ]
}

function nodesOf(value: Json, speech: Speech): PhrasingContent[] {
  return isSpread(value) ? [text(speech.value(value as never))] : valueNodes(value, speech)
}

function clarityNodes(outcome: Claim['outcome'], speech: Speech): PhrasingContent[] {
  if (!outcome?.ok) return []
  const { intervals = [], noise } = outcome
  const { held } = speech.say.claims
  return [
    ...intervals.map((interval) => smallLine([text(differenceOf(interval, speech))])),
    ...(noise ? [smallLine([text(held(`${heldPercent(noise)} %`, speech.number(noise.redraws)))])] : []),
  ]
}

function differenceOf({ mean, low, high }: Interval, { say, value }: Speech): string {
  const { difference, interval } = say.claims
  return difference(low === null ? value(mean) : interval(value(mean), value(low), value(high)))
}

const mostRead = 6
