import type { PhrasingContent } from 'mdast'
import type { Position } from '../../model/types.ts'
import { type Attributes, isRead, readAttributes } from '../attributes.ts'

/** Braces with attributes behind something in a line, and where they stand in the source. */
export interface Braces {
  readonly attributes: Attributes
  readonly position: Position
  /** The nodes behind them. */
  readonly after: readonly PhrasingContent[]
}

/**
 * Reads the braces that begin at an offset of the source: Markdown may have made more of what is in them than text, as of
 * `10:30`. Gives nothing if there are none, or none that can be read.
 *
 * @param nodes Those of the line from the braces on; text before them in the first one is left out too.
 */
export function bracesAt(
  from: Position['start'],
  nodes: readonly PhrasingContent[],
  source: string,
): Braces | undefined {
  const [whole, words] = /^\{([^{}\n]*)\}/.exec(source.slice(from.offset)) ?? []
  if (whole === undefined || words === undefined || words.trim() === '') return undefined
  const attributes = readAttributes(words)
  if (!isRead(attributes)) return undefined
  const end = { line: from.line, column: from.column + whole.length, offset: from.offset! + whole.length }
  const after = nodesFrom(nodes, end)
  return after && { attributes, position: { start: from, end }, after }
}

function nodesFrom(
  nodes: readonly PhrasingContent[],
  end: Position['end'],
): readonly PhrasingContent[] | undefined {
  const index = nodes.findIndex(({ position }) => (position?.end.offset ?? 0) > end.offset!)
  if (index < 0) return []
  const [first, ...rest] = nodes.slice(index) as [PhrasingContent, ...PhrasingContent[]]
  if (first.position!.start.offset! >= end.offset!) return [first, ...rest]
  if (first.type !== 'text' || !first.value.includes('}')) return undefined
  const left = end.offset! - first.position!.start.offset!
  // A text with escapes or references is longer in the source.
  const cut = first.value[left - 1] === '}' ? left : first.value.indexOf('}') + 1
  const position = { start: end, end: first.position!.end }
  return [{ ...first, value: first.value.slice(cut), position }, ...rest].filter(
    (node) => node.type !== 'text' || node.value !== '',
  )
}
