import type { Root } from 'mdast'
import type { Node, Parent } from 'unist'
import { wordsFor } from '../../../../src/render/model/words.ts'
import { takeElements } from '../../../../src/render/syntax/elements/take-elements.ts'
import { markdownProcessor } from '../../../../src/render/syntax/processor.ts'

interface Shown extends Node {
  readonly value?: string
  readonly alt?: string | null
  readonly data?: { readonly hName?: string; readonly hProperties?: Readonly<Record<string, unknown>> }
}

/** Gives what became of some Markdown in one line, `div.weft-note(p(…) …)`, and what was told, with line and column. */
export function shapeOf(
  markdown: string,
  isFragment = false,
): { readonly shape: string; readonly said: string[] } {
  const said: string[] = []
  const tree = markdownProcessor().parse(markdown) as Root
  takeElements(tree, {
    source: markdown,
    callouts: wordsFor('en').callouts,
    isFragment,
    report: ({ rule, reason, place }) =>
      said.push(`${place?.start.line}:${place?.start.column} ${rule} ${reason}`),
  })
  return { shape: tree.children.map(shapeOfNode).join(' '), said }
}

function shapeOfNode(node: Shown): string {
  if (node.type === 'text') return `'${node.value}'`
  const { className, id, ...others } = node.data?.hProperties ?? {}
  const classes = Array.isArray(className) ? className.map((name) => `.${name}`) : []
  const name = node.data?.hName ?? node.type
  const more = Object.entries(others).map(([key, value]) => `[${key}=${String(value)}]`)
  const head = [name, ...(id === undefined ? [] : [`#${String(id)}`]), ...classes, ...more].join('')
  const own = node.value ?? node.alt
  const inner = 'children' in node ? ((node as Parent).children as Shown[]).map(shapeOfNode).join(' ') : ''
  return `${head}(${own === undefined || own === null ? inner : `"${own}"`})`
}
