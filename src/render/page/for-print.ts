import type { Root } from 'hast'
import { classesOf } from './hast.ts'

/** Classes of what a sheet of paper has no use for. */
const onScreen = ['weft-fold', 'weft-screen']

type Node = Root | Root['children'][number]

/**
 * Gives a copy of a body without what only a screen shows; elements that stay are shared, not copied. Of the
 * listings of whole files the comments alone keep their colour: a mark for each word doubles the size of a print.
 */
export function forPrint(body: Root): Root {
  return printed(body, false)
}

function printed<Some extends Node>(node: Some, isSource: boolean): Some {
  if (node.type === 'raw' && isSource) return { ...node, value: withoutTokens(node.value) }
  if (!('children' in node)) return node
  const children = (node.children as Root['children']).filter((child) => !has(child, onScreen))
  return {
    ...node,
    children: children.map((child) => printed(child, isSource || has(child, ['weft-source']))),
  }
}

function has(node: Node, classes: readonly string[]): boolean {
  return node.type === 'element' && classesOf(node).some((name) => classes.includes(name))
}

function withoutTokens(markup: string): string {
  return markup.replace(/<span class="t-(?!comment")[\w-]+">([^<]*)<\/span>/g, '$1')
}
