import type { Node } from 'unist'
import { isDefined, isDefinition, isIndented, isTerm } from './definition-lists.ts'

/** Says whether a node belongs to the one before it: a definition to its term. */
export function belongTogether(before: Node, node: Node, source: string): boolean {
  if (isDefinition(node, source)) return isTerm(before, source) || isOfDefinition(before, source)
  if (isDefined(node, source)) return isDefined(before, source)
  return isIndented(node, source) && isOfDefinition(before, source)
}

function isOfDefinition(node: Node, source: string): boolean {
  return isDefined(node, source) || isDefinition(node, source) || isIndented(node, source)
}
