import type { Html, Root } from 'mdast'
import type { Node, Parent } from 'unist'
import { visit } from 'unist-util-visit'
import type { Slip } from '../model/messages.ts'
import { codeSlips, formulaFenceSlips, htmlSlips, paragraphSlips, shortFenceSlips } from './fence-slips.ts'
import {
  blockSlips,
  directiveSlips,
  formulaSlips,
  imageSlips,
  markupSlips,
  textSlips,
  valueSlips,
} from './text-slips.ts'

// What may be wrong with each kind of node.
const finders = {
  code: [codeSlips],
  paragraph: [paragraphSlips],
  inlineCode: [shortFenceSlips, valueSlips],
  text: [textSlips],
  html: [htmlSlips, markupSlips],
  image: [imageSlips],
  imageReference: [imageSlips],
  inlineMath: [formulaSlips],
  math: [formulaFenceSlips, formulaSlips],
} as const

// A remark pipeline may have other plugins for these.
const ownFinders = {
  text: [blockSlips],
  textDirective: [directiveSlips],
  leafDirective: [directiveSlips],
  containerDirective: [directiveSlips],
} as const

/**
 * Finds what looks like a cell, a value or a directive in a tree as it was parsed, but is none: it would be printed as
 * code or text, and nothing would be computed.
 *
 * @param source The Markdown that the tree was parsed from.
 * @param isShared Whether other plugins may have directives of their own.
 */
export function nearMisses(tree: Root, source: string, isShared = false): Slip[] {
  const slips: Slip[] = []
  visit(tree, (node: Node, index, parent) => {
    if (
      node.position?.start.offset === undefined ||
      isInCode((parent as Parent | undefined)?.children[(index ?? 0) - 1])
    )
      return
    const own = isShared ? [] : (ownFinders[node.type as keyof typeof ownFinders] ?? [])
    for (const find of [...(finders[node.type as keyof typeof finders] ?? []), ...own])
      slips.push(...find(node as never, source))
  })
  return slips
}

// `<code>{ts} n</code>` in a line shows it.
function isInCode(before: Node | undefined): boolean {
  return before?.type === 'html' && /^<(?:code|kbd|pre|samp)\b/i.test((before as Html).value)
}
