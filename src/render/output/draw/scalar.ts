import type { RootContent } from 'mdast'
import type { Scalar } from '../../model/types.ts'
import type { OutputContext } from './context.ts'

/** Sets a scalar as a paragraph of its text, which has its id as `data-output`. */
export function scalarToMdast({ text }: Scalar, { id }: OutputContext): RootContent[] {
  const data = { hProperties: { dataOutput: id } }
  return [{ type: 'paragraph', data, children: [{ type: 'text', value: text }] }]
}
