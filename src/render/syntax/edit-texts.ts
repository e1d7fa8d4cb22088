import type { PhrasingContent, Root, Text } from 'mdast'
import type { Node, Parent } from 'unist'

/**
 * Puts other nodes in the place of each text of a chapter that holds an `@`; those of messages stay. Changes the
 * tree in place.
 *
 * @param edit Gives what stands for a text; `isLinked` tells that it stands in a link already.
 */
export function editTexts(
  tree: Root,
  edit: (node: Text, isLinked: boolean) => readonly PhrasingContent[],
): void {
  walk(tree, false)

  function walk(parent: Parent, isLinked: boolean): void {
    parent.children = parent.children.flatMap((child) => {
      if (child.type === 'text')
        return (child as Text).value.includes('@') ? [...edit(child as Text, isLinked)] : [child]
      if ('children' in child && !isMessage(child)) walk(child as Parent, isLinked || isLink(child))
      return [child]
    })
  }
}

interface Made extends Node {
  readonly data?: { readonly hName?: string; readonly hProperties?: { readonly className?: unknown } }
}

function isLink({ type, data }: Made): boolean {
  return type === 'link' || type === 'linkReference' || data?.hName === 'a'
}

function isMessage({ data }: Made): boolean {
  return data?.hProperties?.className === 'weft-failure'
}
