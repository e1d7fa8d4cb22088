import type { PhrasingContent, Root, Text } from 'mdast'
import type { Node, Parent } from 'unist'

/** Where a text stands. */
interface TextPlace {
  /** In a link already. */
  readonly isLinked: boolean
  /** It is what a cell or a value came to, not what an author wrote: the name of a package may begin with an `@`. */
  readonly isData: boolean
  /** All that its parent holds, as it was before any of them changed. */
  readonly siblings: readonly Node[]
}

/**
 * Puts other nodes in the place of each text of a chapter that holds an `@`; those of messages stay. Changes the
 * tree in place.
 *
 * @param edit Gives what stands for a text.
 */
export function editTexts(
  tree: Root,
  edit: (node: Text, place: TextPlace) => readonly PhrasingContent[],
): void {
  walk(tree, { isLinked: false, isData: false, siblings: [] })

  function walk(parent: Parent, place: TextPlace): void {
    const siblings = parent.children
    parent.children = siblings.flatMap((child) => {
      if (child.type === 'text')
        return (child as Text).value.includes('@')
          ? [...edit(child as Text, { ...place, siblings })]
          : [child]
      if ('children' in child && !classOf(child).includes('weft-failure'))
        walk(child as Parent, within(child, place))
      return [child]
    })
  }
}

interface Made extends Node {
  readonly data?: {
    readonly hName?: string
    readonly hProperties?: { readonly className?: unknown; readonly scope?: unknown }
  }
}

function within(node: Made, { isLinked, isData, siblings }: TextPlace): TextPlace {
  const name = node.data?.hName
  const scope = String(node.data?.hProperties?.scope ?? '')
  const isCell = name === 'td' || (name === 'th' && scope.startsWith('row'))
  return {
    isLinked: isLinked || node.type === 'link' || node.type === 'linkReference' || name === 'a',
    isData: isData || isCell || classOf(node).includes('weft-value'),
    siblings,
  }
}

function classOf({ data }: Made): string {
  return String(data?.hProperties?.className ?? '')
}
