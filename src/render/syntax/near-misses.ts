import type { Code, Html, Root } from 'mdast'
import type { Node, Parent } from 'unist'
import { mostSlips, type Slip } from '../model/messages.ts'
import { visit } from '../model/visit.ts'
import {
  codeSlips,
  formulaFenceSlips,
  htmlSlips,
  isOpenFence,
  paragraphSlips,
  shortFenceSlips,
} from './fence-slips.ts'
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
  const errors: Slip[] = []
  visit(tree, (node: Node, index, parent) => {
    if (errors.length >= mostSlips || node.position?.start.offset === undefined) return
    // Warnings may be too many; a cell that would be lost is always reported.
    if (slips.length >= mostSlips && !mayLoseCell(node, source)) return
    if (isInCode((parent as Parent | undefined)?.children[(index ?? 0) - 1])) return
    const own = isShared ? [] : (ownFinders[node.type as keyof typeof ownFinders] ?? [])
    for (const find of [...(finders[node.type as keyof typeof finders] ?? []), ...own])
      for (const slip of find(node as never, source)) (slip.isError ? errors : slips).push(slip)
  })
  return fewSlips([...slips, ...errors])
}

/** Leaves out what is too much to be told of one chapter, and gives the rest in document order. */
export function fewSlips(all: readonly Slip[]): Slip[] {
  const errors = all.filter(({ isError }) => isError)
  const warnings = all.filter(({ isError }) => !isError)
  const offset = ({ place }: Slip) => place?.start.offset ?? 0
  return [...warnings.slice(0, mostSlips), ...errors.slice(0, mostSlips)].sort(
    (a, b) => offset(a) - offset(b),
  )
}

function mayLoseCell(node: Node, source: string): boolean {
  if (node.type === 'code') return isOpenFence(node as Code, source)
  return node.type === 'paragraph' || node.type === 'math'
}

// `<code>{ts} n</code>` in a line shows it.
function isInCode(before: Node | undefined): boolean {
  return before?.type === 'html' && /^<(?:code|kbd|pre|samp)\b/i.test((before as Html).value)
}
