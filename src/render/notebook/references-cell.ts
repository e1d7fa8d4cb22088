import type { Element, ElementContent } from 'hast'
import type { Node } from 'unist'
import type { Chapter } from '../model/types.ts'
import { visit } from '../model/visit.ts'
import { wordsFor } from '../model/words.ts'
import { classesOf, h } from '../page/hast.ts'
import type { MarkdownCell } from './nbformat.ts'
import { proseCell, type WriteMarkdown } from './prose-cells.ts'

/** Lists the entries of a report's list of references. */
export function referencesIn(chapters: readonly Chapter[]): Element[] {
  return chapters.flatMap(({ tree }) => itemsIn(tree))
}

/** Makes the cell with references that the chapters of a notebook cite; none if there are none. */
export function referencesCell(
  items: readonly Element[],
  lang: string,
  write: WriteMarkdown,
): MarkdownCell[] {
  if (items.length === 0) return []
  const heading = h('h2', {}, [{ type: 'text', value: wordsFor(lang).front.references }])
  return proseCell('references', [heading, h('ul', {}, items)], write)
}

function itemsIn(tree: Node): Element[] {
  const found: Element[] = []
  visit(tree, (node: Node) => {
    const children = (node.data as { readonly hChildren?: readonly ElementContent[] } | undefined)?.hChildren
    for (const child of children ?? [])
      if (child.type === 'element' && classesOf(child).includes('weft-references'))
        found.push(...child.children.filter((one) => one.type === 'element'))
  })
  return found
}
