import type { Blockquote, Paragraph, PhrasingContent, Root, RootContent } from 'mdast'
import type { ContainerDirective, LeafDirective } from 'mdast-util-directive'
import type { Node, Parent } from 'unist'
import { takeAlert } from './callouts.ts'
import { takeContainer, takePageBreak } from './containers.ts'
import { takeDefinitions } from './definition-lists.ts'
import { takeSpans } from './spans.ts'
import type { Taking } from './taking.ts'

/**
 * Makes elements of what Markdown alone does not have: callouts, columns, spans with attributes and the like. Changes the
 * tree in place, right after parsing. May report `option-is-known` and `directive-is-known`.
 */
export function takeElements(tree: Root, taking: Taking): void {
  takeIn(tree, taking)
}

function takeIn(parent: Parent, taking: Taking): void {
  for (const child of parent.children) if ('children' in child) takeIn(child as Parent, taking)
  if (isLine(parent)) {
    parent.children = takeSpans(parent.children as PhrasingContent[], taking)
    return
  }
  const blocks = parent.children.flatMap((child) => taken(child, taking) ?? [child]) as RootContent[]
  parent.children = takeDefinitions(blocks, taking.source, (made) => {
    const own = { type: 'root', children: made }
    takeIn(own, taking)
    return own.children
  })
}

function taken(node: Node, taking: Taking): RootContent[] | undefined {
  if (node.type === 'containerDirective' || node.type === 'leafDirective')
    return takeContainer(node as ContainerDirective | LeafDirective, taking)
  const made =
    node.type === 'blockquote'
      ? takeAlert(node as Blockquote, taking)
      : node.type === 'paragraph'
        ? takePageBreak(node as Paragraph)
        : undefined
  return made && [made]
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
