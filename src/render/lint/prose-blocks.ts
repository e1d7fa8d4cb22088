import type { Image, Link, RootContent, Text } from 'mdast'
import type { Node, Parent } from 'unist'
import { textBelow } from '../model/element.ts'
import type { Position } from '../model/types.ts'
import { isGiven } from '../syntax/given.ts'
import { placeInText } from '../syntax/place-in-text.ts'
import { blank } from './find-literals.ts'

/**
 * Text that a reader sees as a unit: a paragraph, a heading, a cell of a table, or the alternative text of an image.
 */
export interface ProseBlock {
  readonly kind: 'prose' | 'alt'
  /** The author's text; a blank character replaces each value, claim, formula and piece of code. */
  readonly text: string
  /** Finds the position of some characters of the text in the source. */
  placeAt(index: number, length: number): Position | undefined
}

interface Piece {
  /** Where it begins in the text. */
  readonly at: number
  readonly node: Text
}

const blocks = ['paragraph', 'heading', 'tableCell', 'defListTerm']
// Content that an author computes, declares or quotes.
const opaque = ['inlineCode', 'inlineMath', 'html', 'footnoteReference', 'textDirective', 'leafDirective']

/**
 * Gathers the texts below some nodes that an author typed.
 *
 * @param source The Markdown that the nodes were parsed from.
 */
export function proseBlocks(nodes: readonly Node[], source: string): ProseBlock[] {
  return nodes.flatMap((node) => {
    if (blocks.includes(node.type)) return [blockOf(node as Parent, source), ...imagesBelow(node, source)]
    if (isGiven(node)) return []
    return 'children' in node ? proseBlocks((node as Parent).children, source) : imagesBelow(node, source)
  })
}

function blockOf(block: Parent, source: string): ProseBlock {
  const pieces: Piece[] = []
  let text = ''
  gather(block)
  // A heading may contain its own number.
  const own = block.type === 'heading' ? /^\s*(?:\d+(?:\.\d+)*\.?)(?=\s)/.exec(text)?.[0] : undefined
  if (own !== undefined) text = blank.repeat(own.length) + text.slice(own.length)
  return {
    kind: 'prose',
    text,
    placeAt: (index, length) =>
      placeInPieces(pieces, index, text.slice(index, index + length), source) ?? block.position,
  }

  function gather(parent: Parent): void {
    for (const node of parent.children as RootContent[]) {
      if (node.type === 'text') {
        pieces.push({ at: text.length, node })
        text += node.value
      } else if (node.type === 'break') text += '\n'
      else if (opaque.includes(node.type) || isGiven(node) || isBareLink(node)) text += blank
      else if ('children' in node) gather(node)
      else text += blank
    }
  }
}

function isBareLink(node: Node): boolean {
  return node.type === 'link' && (node as Link).url.endsWith(textBelow(node))
}

function imagesBelow(node: Node, source: string): ProseBlock[] {
  if ('children' in node) return (node as Parent).children.flatMap((child) => imagesBelow(child, source))
  if (node.type !== 'image' && node.type !== 'imageReference') return []
  const text = (node as Image).alt ?? ''
  const inText: Text = { type: 'text', value: text, position: node.position }
  return [
    {
      kind: 'alt',
      text,
      placeAt: (index, length) => placeInText(inText, index, text.slice(index, index + length), source),
    },
  ]
}

// If markup or a line end splits the words, the position is that of their first part.
function placeInPieces(
  pieces: readonly Piece[],
  index: number,
  words: string,
  source: string,
): Position | undefined {
  const piece = pieces.findLast(({ at }) => at <= index)
  if (!piece) return undefined
  const from = index - piece.at
  const [first = ''] = words.slice(0, piece.node.value.length - from).split('\n')
  return placeInText(piece.node, from, first, source)
}
