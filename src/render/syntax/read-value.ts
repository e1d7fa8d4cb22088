import type { InlineCode } from 'mdast'
import { suggestion } from '../model/nearest.ts'
import type { Tolerance } from '../model/types.ts'
import { readTolerance, toleranceNames } from './tolerance.ts'

/** What an inline value says: its expression, the rule written at it, and what is wrong with that rule. */
export interface InlineValue {
  readonly source: string
  readonly tolerance?: Tolerance
  readonly problems: readonly string[]
}

/**
 * Reads an inline value, `{ts} expression` or `{ts rel=1e-3 abs=0.002} expression` between single back-ticks: longer
 * ones show it literally, and other inline code is none.
 *
 * @param source What the node was parsed from.
 */
export function readValue(node: InlineCode, source: string): InlineValue | undefined {
  const match = /^\{ts((?:\s+[^\s{}]+)*)\s*\}\s+([\s\S]*)$/.exec(node.value)
  if (!match || source.startsWith('``', node.position!.start.offset)) return undefined
  const read = match[1]!.trim().split(/\s+/).filter(Boolean).map(readOption)
  const tolerances = read.filter((one) => typeof one !== 'string')
  return {
    source: match[2]!,
    ...(tolerances.length > 0 ? { tolerance: Object.assign({}, ...tolerances) as Tolerance } : {}),
    problems: read.filter((one) => typeof one === 'string'),
  }
}

function readOption(word: string): Tolerance | string {
  const [name = '', text = ''] = word.split('=')
  const known = toleranceNames.find((one) => one === name)
  if (known !== undefined) return readTolerance(known, text)
  return `Unexpected option \`${word}\` of a value, expected rel= or abs=${suggestion(name, toleranceNames)}`
}
