import type { RootContent } from 'mdast'
import type { Scalar } from '../types.ts'

/** Sets a scalar as a paragraph of its text. */
export function scalarToMdast({ text }: Scalar): RootContent[] {
  return [{ type: 'paragraph', children: [{ type: 'text', value: text }] }]
}
