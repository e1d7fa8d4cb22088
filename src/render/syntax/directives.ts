import type { Paragraph, PhrasingContent, Root, RootContent, Text } from 'mdast'
import type { ContainerDirective, LeafDirective, TextDirective } from 'mdast-util-directive'
import type { Node, Parent } from 'unist'
import { nearest } from '../model/nearest.ts'
import { SKIP, visit } from '../model/visit.ts'

/** The names of the directives that Weft knows. */
export const knownDirectives = ['claim', 'given', 'register']

/** A directive with attributes but an unknown name, and the known name that the author probably meant. */
interface Mistyped {
  readonly node: Directive
  readonly meant: string
}

/** A directive in a line, on a line, or around blocks. */
export type Directive = TextDirective | LeafDirective | ContainerDirective

/**
 * Turns unknown directives back into their source text: without this, remark-directive takes `:30` out of `10:30` and
 * `:drive` out of `C:drive`. Changes the tree in place, right after parsing.
 *
 * @param onMistyped Called for each directive with attributes whose name almost matches a known one.
 */
export function restoreDirectives(
  tree: Root,
  source: string,
  onMistyped?: (mistyped: Mistyped) => void,
): void {
  visit(tree, (node, index, parent) => {
    if (!isDirective(node) || knownDirectives.includes(node.name) || index === undefined || !parent) return
    const meant =
      Object.keys(node.attributes ?? {}).length > 0 ? nearest(node.name, knownDirectives) : undefined
    if (meant !== undefined) onMistyped?.({ node, meant })
    const restored =
      node.type === 'containerDirective'
        ? containerText(node, source)
        : [inlineOrParagraph(node, source)].flat()
    ;(parent as Parent).children.splice(index, 1, ...restored)
    return [SKIP, index]
  })
  visit(tree, mergeTexts)
}

/** Checks whether a node is a directive, known or not. */
export function isDirective(node: Node): node is Directive {
  return node.type === 'textDirective' || node.type === 'leafDirective' || node.type === 'containerDirective'
}

function inlineOrParagraph(node: TextDirective | LeafDirective, source: string): RootContent[] {
  const pieces = withSource(node, node.children, source)
  return node.type === 'textDirective'
    ? pieces
    : [{ type: 'paragraph', children: pieces, position: node.position }]
}

// The node's source text, with its parsed children in their places.
function withSource(node: Node, children: readonly PhrasingContent[], source: string): PhrasingContent[] {
  const pieces: PhrasingContent[] = []
  let at = node.position!.start.offset!
  for (const child of children) {
    pieces.push(text(source.slice(at, child.position!.start.offset!)), child)
    at = child.position!.end.offset!
  }
  pieces.push(text(source.slice(at, node.position!.end.offset!)))
  return pieces.filter((piece) => piece.type !== 'text' || piece.value !== '')
}

function containerText(node: ContainerDirective, source: string): RootContent[] {
  const lines = source.slice(node.position!.start.offset!, node.position!.end.offset!).split('\n')
  const isLabel = (child: RootContent) =>
    (child.data as { directiveLabel?: boolean } | undefined)?.directiveLabel === true
  const fence: Paragraph = { type: 'paragraph', children: [text(lines[0]!)], position: node.position }
  // In a block quote, `>` marks precede the closing fence.
  const last = lines.length > 1 ? /^[\s>]*(:{3,})\s*$/.exec(lines.at(-1)!)?.[1] : undefined
  const close: Paragraph[] = last === undefined ? [] : [{ type: 'paragraph', children: [text(last)] }]
  return [fence, ...node.children.filter((child) => !isLabel(child)), ...close]
}

function text(value: string): Text {
  return { type: 'text', value }
}

function mergeTexts(node: Node): void {
  const children = (node as Parent).children as Text[] | undefined
  if (!children) return
  for (let index = children.length - 1; index > 0; index--) {
    const [before, after] = [children[index - 1]!, children[index]!]
    if (before.type !== 'text' || after.type !== 'text') continue
    const position =
      before.position && after.position
        ? { start: before.position.start, end: after.position.end }
        : (before.position ?? after.position)
    children.splice(index - 1, 2, { type: 'text', value: before.value + after.value, position })
  }
}
