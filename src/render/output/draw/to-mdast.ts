import type { RootContent } from 'mdast'
import type { Output } from '../../model/types.ts'
import type { OutputContext } from './context.ts'
import { figureToMdast } from './figure.ts'
import { proseToMdast } from './prose.ts'
import { scalarToMdast } from './scalar.ts'
import { tableToMdast } from './table.ts'

export type { OutputContext } from './context.ts'

type Handler<O> = (output: O, context: OutputContext) => RootContent[] | Promise<RootContent[]>

const handlers: { readonly [kind in Output['kind']]: Handler<Extract<Output, { kind: kind }>> } = {
  figure: figureToMdast,
  table: tableToMdast,
  prose: proseToMdast,
  scalar: scalarToMdast,
}

/**
 * Gives an output as Markdown's tree, in which remark-rehype finds the elements of the page and captions stay
 * Markdown. A drawing is an `html` node, which needs `allowDangerousHtml`. Throws if a figure cannot be drawn, or
 * the output has a caption besides its fence's.
 */
export async function outputToMdast(output: Output, context: OutputContext): Promise<RootContent[]> {
  // The record has for each kind the handler of that kind, which the compiler cannot see.
  const handle = handlers[output.kind] as Handler<Output>
  return handle(output, context)
}
