import type { PhrasingContent, RootContent, Text } from 'mdast'
import type { Node, Parent } from 'unist'
import { clone } from './clone.ts'
import type { Position } from './types.ts'
import { visit } from './visit.ts'

/** Makes an mdast node that remark-rehype turns into the named HTML element. */
export function element(
  name: string,
  properties: Readonly<Record<string, unknown>>,
  children: readonly unknown[],
): RootContent {
  return {
    type: 'weftElement',
    children,
    data: { hName: name, hProperties: properties },
  } as unknown as RootContent
}

/** Makes a text that is data: an `@` in it is neither a reference nor a citation. */
export function dataText(value: string): Text {
  return { type: 'text', value, data: { isData: true } as Text['data'] }
}

/** Makes the texts of data in a line of prose or a cell of a table: each of its lines begins on a line of its own. */
export function dataLines(value: string): PhrasingContent[] {
  return value.split(/\r\n|[\r\n]/).flatMap((line, index): PhrasingContent[] => {
    const indented = line.replace(/^[ \t]+/, (space) => '\u00a0'.repeat(space.replaceAll('\t', '  ').length))
    return index === 0 ? [dataText(line)] : [{ type: 'break' }, dataText(indented)]
  })
}

/** Checks whether `dataText` made a text. */
export function isDataText({ data }: Node): boolean {
  return (data as { readonly isData?: true } | undefined)?.isData === true
}

/** Joins the text, code and formulas below a node. */
export function textBelow(node: Node): string {
  if ('children' in node) return (node as Parent).children.map(textBelow).join('')
  return 'value' in node ? String(node.value) : ''
}

/**
 * Gives the position of a cell to the nodes that it made and to all nodes below them, so that messages about them
 * point at the cell: positions in a caption's own Markdown count from the start of the caption.
 */
export function withPosition<T extends Node>(nodes: readonly T[], position: Position): T[] {
  const copies = clone(nodes) as T[]
  for (const copy of copies)
    visit(copy as Node, (node: Node) => {
      node.position = position
    })
  return copies
}
