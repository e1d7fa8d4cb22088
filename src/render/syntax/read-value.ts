import type { InlineCode } from 'mdast'
import { suggestion } from '../model/nearest.ts'
import type { Tolerance } from '../model/types.ts'

/** An inline value: its expression, its tolerance, and what is wrong with its options. */
interface InlineValue {
  readonly source: string
  readonly tolerance?: Tolerance
  readonly problems: readonly string[]
}

/**
 * Reads an inline value, `{ts} expression` or `{ts rel=1e-3 abs=0.002} expression` between single back-ticks. Longer
 * fences show it literally; for them, and for other inline code, it returns undefined.
 *
 * @param source The Markdown that contains the node.
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

/** The options that say how far a recomputed number may differ from the accepted one. */
export const toleranceNames = ['rel', 'abs'] as const

/** Reads `rel=1e-3` or `abs=0.002`; returns a text that says what is wrong if it is invalid. */
export function readTolerance(name: (typeof toleranceNames)[number], text: string): Tolerance | string {
  const value = Number(text)
  if (/^\d*\.?\d+(e[+-]?\d+)?$/i.test(text) && value > 0 && Number.isFinite(value)) return { [name]: value }
  return `Unexpected ${name} \`${text}\`, expected a number above 0 such as ${name === 'rel' ? '1e-3' : '0.002'}`
}
