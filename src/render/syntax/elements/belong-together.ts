import type { Node } from 'unist'
import { isDefined, isDefinition, isIndented, isTerm } from './definition-lists.ts'
import { isTableCaption } from './typed-tables.ts'

/** Says whether a node belongs to the one before it: a definition to its term, a caption to its table or the table to it. */
export function belongTogether(before: Node, node: Node, source: string): boolean {
  if (before.type === 'table' && isTableCaption(node, source)) return true
  if (node.type === 'table' && isTableCaption(before, source)) return true
  if (isDefinition(node, source)) return isTerm(before, source) || isOfDefinition(before, source)
  if (isDefined(node, source)) return isDefined(before, source)
  return isIndented(node, source) && isOfDefinition(before, source)
}

function isOfDefinition(node: Node, source: string): boolean {
  return isDefined(node, source) || isDefinition(node, source) || isIndented(node, source)
}
