import type { PhrasingContent, Root, Text } from 'mdast'
import type { Node, Parent } from 'unist'

/** The surroundings of a text. */
interface TextPlace {
  /** Whether it is already inside a link. */
  readonly isLinked: boolean
  /**
   * Whether it is the output of a cell or a value, not written by an author: the name of a package may begin with an
   * `@`.
   */
  readonly isData: boolean
  /** All children of its parent, before any of them changed. */
  readonly siblings: readonly Node[]
}

/**
 * Replaces each text of a chapter that contains an `@`, except in messages. Changes the tree in place.
 *
 * @param edit Returns the replacement of a text.
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
