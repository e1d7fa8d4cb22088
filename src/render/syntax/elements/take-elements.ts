import type { Blockquote, Code, Paragraph, PhrasingContent, Root, RootContent } from 'mdast'
import type { ContainerDirective, LeafDirective } from 'mdast-util-directive'
import type { Node, Parent } from 'unist'
import { wordsFor } from '../../model/words.ts'
import { takeAlert } from './callouts.ts'
import { takeFence } from './code-fences.ts'
import { takeContainer, takePageBreak } from './containers.ts'
import { takeDefinitions } from './definition-lists.ts'
import { takeDiagram } from './diagrams.ts'
import { takeFigures, takeImages } from './images.ts'
import { takeSpans } from './spans.ts'
import type { Taking } from './taking.ts'
import { takeTables } from './typed-tables.ts'

/**
 * Makes elements of what Markdown alone does not have: callouts, columns, figures of images, tables with captions, spans
 * with attributes and the like. Changes the tree in place, right after parsing. May report `option-is-known`,
 * `directive-is-known`, `label-is-given`, `label-is-unique`, `figure-has-alt` and `output-renders`.
 */
export function takeElements(tree: Root, options: Omit<Taking, 'take'>): void {
  const taking: Taking = {
    ...options,
    take(nodes) {
      const own: Root = { type: 'root', children: [...nodes] }
      takeIn(own, taking)
      return own.children
    },
  }
  takeIn(tree, taking)
}

function takeIn(parent: Parent, taking: Taking): void {
  for (const child of parent.children) if ('children' in child) takeIn(child as Parent, within(child, taking))
  if (isLine(parent)) {
    const line = takeImages(parent.children as PhrasingContent[], taking)
    parent.children = takeSpans(line, taking)
    return
  }
  const blocks = parent.children.flatMap((child) => taken(child, taking) ?? [child]) as RootContent[]
  parent.children = takeDefinitions(takeTables(blocks, taking), taking)
}

// What a block says of its language holds for all in it.
function within(node: Node, taking: Taking): Taking {
  const lang = (node as ContainerDirective).attributes?.lang
  return lang ? { ...taking, callouts: wordsFor(lang).callouts } : taking
}

function taken(node: Node, taking: Taking): RootContent[] | undefined {
  if (node.type === 'containerDirective' || node.type === 'leafDirective')
    return takeContainer(node as ContainerDirective | LeafDirective, taking)
  if (node.type === 'code') {
    const diagram = takeDiagram(node as Code, taking)
    if (diagram) return [diagram]
    takeFence(node as Code, taking)
  }
  if (node.type === 'paragraph') {
    const pageBreak = takePageBreak(node as Paragraph)
    return pageBreak ? [pageBreak] : takeFigures(node as Paragraph, taking)
  }
  const callout = node.type === 'blockquote' ? takeAlert(node as Blockquote, taking) : undefined
  return callout && [callout]
}

const flow = new Set([
  ...[
    'root',
    'blockquote',
    'list',
    'listItem',
    'footnoteDefinition',
    'containerDirective',
    'table',
    'tableRow',
  ],
  ...['weftBlock', 'defList', 'defListDescription'],
])

function isLine({ type }: Parent): boolean {
  return !flow.has(type)
}
