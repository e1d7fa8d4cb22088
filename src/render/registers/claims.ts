import type { PhrasingContent } from 'mdast'
import type { Json } from '../types.ts'
import type { Claim, Facts } from './gather-facts.ts'
import { paragraph, path, smallLine, text } from './nodes.ts'
import type { Register } from './register.ts'
import { registerTable } from './register-table.ts'
import { whereNodes } from './section-of.ts'
import { valueNodes } from './value-nodes.ts'

/** Lists every claim: its words and where they stand, its expression with the values that it read, and whether it holds. */
export const claims: Register = {
  options: [],
  isTable: true,
  make(facts) {
    if (facts.claims.length === 0) return [paragraph('Nothing is claimed.')]
    const columns = [{ title: 'Claim' }, { title: 'Tested by' }, { title: 'Holds' }]
    return {
      table: registerTable(columns, [{ rows: facts.claims.map((claim) => rowOf(claim, facts)) }]),
      caption:
        'Every claim of the text, the expression that must be true for it, and the values that it was tested on.',
    }
  },
}

/** Says whether a claim is true, as far as it could be told. */
export function holds({ outcome }: Claim): 'yes' | 'no' | 'unknown' {
  if (!outcome?.ok) return 'unknown'
  return outcome.isTrue ? 'yes' : 'no'
}

function rowOf(claim: Claim, { chapters }: Facts): PhrasingContent[][] {
  const { expression, words, outcome } = claim
  return [
    [...structuredClone(words), smallLine(whereNodes(chapters, expression), 'weft-quiet')],
    [path(expression.source), ...readNodes(outcome?.read ?? {})],
    [text(holds(claim))],
  ]
}

function readNodes(read: Readonly<Record<string, Json>>): PhrasingContent[] {
  const paths = Object.keys(read)
  const shown = paths.slice(0, mostRead)
  const rest = paths.length - shown.length
  return [
    ...shown.map((name) => smallLine([path(name), text(' is '), ...valueNodes(read[name]!)])),
    ...(rest === 0 ? [] : [smallLine([text(`and ${rest} more`)])]),
  ]
}

const mostRead = 12
