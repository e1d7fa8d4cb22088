import type { PhrasingContent, Root, Text } from 'mdast'
import type { Node, Parent } from 'unist'
import { isDataText } from '../model/element.ts'
import { ownLanguage } from '../model/language.ts'

/** The surroundings of a text. */
export interface TextPlace {
  /** Whether it is already inside a link. */
  readonly isLinked: boolean
  /** The language of its block, if its author gave one. */
  readonly lang?: string
  /** All children of its parent, before any of them changed. */
  readonly siblings: readonly Node[]
}

interface Surroundings extends Omit<TextPlace, 'siblings'> {
  /** Whether it is the output of a cell or a value, not written by an author. */
  readonly isData: boolean
}

/**
 * Replaces each text of a chapter that contains an `@`, or the given characters, except in messages and in data: the name of a package or an
 * address may have one. Changes the tree in place.
 *
 * @param edit Returns the replacement of a text.
 */
export function editTexts(
  tree: Root,
  edit: (node: Text, place: TextPlace) => readonly PhrasingContent[],
  wanted = /@/,
): void {
  walk(tree, { isLinked: false, isData: false })

  function walk(parent: Parent, place: Surroundings): void {
    const siblings = parent.children
    parent.children = siblings.flatMap((child) => {
      if (child.type === 'text') {
        const isLeft = place.isData || isDataText(child) || !wanted.test((child as Text).value)
        return isLeft
          ? [child]
          : [...edit(child as Text, { isLinked: place.isLinked, lang: place.lang, siblings })]
      }
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

function within(node: Made, { isLinked, isData, lang }: Surroundings): Surroundings {
  const name = node.data?.hName
  const scope = String(node.data?.hProperties?.scope ?? '')
  const isCell = name === 'td' || (name === 'th' && scope.startsWith('row'))
  return {
    lang: ownLanguage(node) ?? lang,
    isLinked: isLinked || node.type === 'link' || node.type === 'linkReference' || name === 'a',
    isData: isData || isCell || classOf(node).includes('weft-value'),
  }
}

function classOf({ data }: Made): string {
  return String(data?.hProperties?.className ?? '')
}
