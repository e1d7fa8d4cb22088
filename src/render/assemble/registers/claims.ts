import type { PhrasingContent } from 'mdast'
import { isSpread } from '../../../statistics/spread.ts'
import type { Json } from '../../model/types.ts'
import { printValue } from '../../output/print-value.ts'
import { collapseSpreads, heldText, intervalText } from '../claim-evidence.ts'
import type { Claim, Facts } from './gather-facts.ts'
import { paragraph, path, smallLine, text, valueNodes } from './nodes.ts'
import { type Register, registerTable } from './register.ts'
import { whereNodes } from './section-of.ts'

/**
 * Lists every claim: its words and their section, its expression with the values that it read, and whether it holds;
 * if known, also the interval of its difference and the share of redraws in which it held.
 */
export const claims: Register = {
  options: [],
  isTable: true,
  make(facts) {
    if (facts.claims.length === 0) return [paragraph('Nothing is claimed.')]
    const columns = [{ title: 'Claim' }, { title: 'Tested by' }, { title: 'Holds' }]
    return {
      table: registerTable(columns, [{ rows: facts.claims.map((claim) => rowOf(claim, facts)) }]),
      caption:
        'Every claim of the text, the expression that must be true for it, and the values that it was tested on. Where these differ between seeds, their means were drawn again within their standard errors: the share of such redraws in which the claim held stands below.',
    }
  },
}

/** Says whether a claim holds, or `unknown` if its expression gave no result. */
export function holds({ outcome }: Claim): 'yes' | 'no' | 'unknown' {
  if (!outcome?.ok) return 'unknown'
  return outcome.isTrue ? 'yes' : 'no'
}

function rowOf(claim: Claim, facts: Facts): PhrasingContent[][] {
  const { expression, words, outcome } = claim
  return [
    [...structuredClone(words), smallLine(whereNodes(facts, expression), 'weft-quiet')],
    [path(expression.source), ...readNodes(outcome?.read ?? {})],
    [text(holds(claim)), ...clarityNodes(outcome)],
  ]
}

function readNodes(read: Readonly<Record<string, Json>>): PhrasingContent[] {
  const values = collapseSpreads(read)
  const shown = values.slice(0, mostRead)
  const rest = values.length - shown.length
  return [
    ...shown.map(([name, value]) => smallLine([path(name), text(' is '), ...nodesOf(value)])),
    ...(rest === 0 ? [] : [smallLine([text(`and ${rest} more`)])]),
  ]
}

function nodesOf(value: Json): PhrasingContent[] {
  return isSpread(value) ? [text(printValue(value, 'value'))] : valueNodes(value)
}

function clarityNodes(outcome: Claim['outcome']): PhrasingContent[] {
  if (!outcome?.ok) return []
  const { intervals = [], noise } = outcome
  return [
    ...intervals.map((interval) => smallLine([text(`difference ${intervalText(interval)}`)])),
    ...(noise ? [smallLine([text(`in ${heldText(noise)}`)])] : []),
  ]
}

const mostRead = 6
