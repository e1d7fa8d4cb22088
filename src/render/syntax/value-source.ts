import type { InlineCode } from 'mdast'

/**
 * Gives the expression of an inline value, `{ts} expression` between single back-ticks: longer ones show it
 * literally.
 *
 * @param source What the node was parsed from.
 */
export function valueSource(node: InlineCode, source: string): string | undefined {
  const match = /^\{ts\}\s+([\s\S]*)$/.exec(node.value)
  return match && !source.startsWith('``', node.position!.start.offset) ? match[1]! : undefined
}
