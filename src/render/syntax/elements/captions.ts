import type { RootContent } from 'mdast'
import type { Node } from 'unist'
import type { Position } from '../../model/types.ts'
import type { Attributes } from '../attributes.ts'
import { setMark } from '../marks.ts'
import { elementNode, type Taking } from './taking.ts'

/** Makes the caption of a figure or table that an author typed; its number is put before it later. */
export function captionNode(words: readonly Node[], position: Position | undefined): RootContent {
  const node = elementNode('paragraph', 'figcaption', {}, words, position)
  setMark(node, { isCaption: true })
  return node
}

const names = { fig: 'figure', tbl: 'table' } as const

/** Gives the label of a typed figure or table; reports one that cannot be referred to. */
export function labelOf(
  prefix: keyof typeof names,
  { id }: Attributes,
  place: Position | undefined,
  { report, isFragment }: Taking,
): string | undefined {
  if (id === undefined) return undefined
  const isValid = new RegExp(`^${prefix}-[a-z0-9-]+$`).test(id)
  const kind = names[prefix]
  if (!isValid) {
    const reason = `Unexpected label \`#${id}\` of a ${kind}, expected \`#${prefix}-\`, then small letters, digits and hyphens`
    report({ rule: 'label-is-given', reason, place, isError: true })
  } else if (isFragment) {
    const reason = `Unexpected label \`#${id}\` of a ${kind} in what a cell gives, expected it in a chapter: it has no number here`
    report({ rule: 'label-is-given', reason, place })
  }
  return isValid ? id : undefined
}
