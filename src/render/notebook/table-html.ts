import type { Element, RootContent as HtmlContent, Root as HtmlRoot } from 'hast'
import { toHtml } from 'hast-util-to-html'
import type { Root, RootContent } from 'mdast'
import { toHast } from 'mdast-util-to-hast'
import type { Table } from '../model/types.ts'
import { wordsFor } from '../model/words.ts'
import { tableToMdast } from '../output/draw/table.ts'
import { classesOf, textContent } from '../page/hast.ts'
import { parseFragment } from '../syntax/parse-fragment.ts'

const nowhere = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }

/** Writes a table as HTML that needs no style sheet, without its caption. Formulas stand between dollar signs. */
export function tableHtml({ caption: _, ...table }: Table, lang: string): string {
  const nodes = tableToMdast(table, {
    id: 'table',
    lang,
    words: wordsFor(lang),
    parseMarkdown: (markdown) => parseFragment(markdown, nowhere, undefined, lang),
  })
  const hast = toHast({ type: 'root', children: tablesIn(nodes) } as Root) as HtmlRoot
  return toHtml({ type: 'root', children: hast.children.flatMap(withoutClasses) } as HtmlRoot)
}

function tablesIn(nodes: readonly RootContent[]): RootContent[] {
  return nodes.flatMap((node) => ('children' in node ? (node.children as RootContent[]) : []))
}

// The page's style sheet is not there.
function withoutClasses(node: HtmlContent): HtmlContent[] {
  if (node.type !== 'element') return [node]
  const classes = classesOf(node)
  if (classes.includes('weft-pad') || classes.includes('sr-only')) return []
  if (classes.includes('math-inline')) return [{ type: 'text', value: `$${textContent(node)}$` }]
  const { className: _, dataPad: __, ...properties } = node.properties
  const align = classes.find((name) => name.startsWith('align-'))?.slice('align-'.length)
  return [
    {
      ...node,
      properties: align === undefined ? properties : { ...properties, style: `text-align: ${align}` },
      children: node.children.flatMap(withoutClasses) as Element['children'],
    },
  ]
}
