import type { RootContent } from 'mdast'
import { dataText, element } from '../../model/element.ts'
import { inLanguage } from '../../model/locale.ts'
import type { Figure, Output, Prose, Scalar } from '../../model/types.ts'
import { captionNodes } from './caption.ts'
import type { OutputContext } from './context.ts'
import { drawOnce } from './draw-once.ts'
import { tableToMdast } from './table.ts'

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
  // The record has the handler of each kind, which the compiler cannot see.
  const handle = handlers[output.kind] as Handler<Output>
  return handle(output, context)
}

// The caption comes below the figure.
async function figureToMdast(figure: Figure, context: OutputContext): Promise<RootContent[]> {
  const caption = captionNodes(figure.caption, context)
  const { id, lang = 'en', drawings = new Map<string, string>() } = context
  const svg = await drawOnce(inLanguage(figure, lang), id, drawings, context.warned)
  context.figureSvg?.(svg)
  const drawing: RootContent = { type: 'html', value: svg }
  return [element('figure', { className: ['weft-figure'], id: context.id }, [drawing, ...caption])]
}

// Prose is read as if it stood in the chapter.
function proseToMdast({ markdown }: Prose, { parseMarkdown }: OutputContext): RootContent[] {
  return parseMarkdown(markdown)
}

// A scalar is a paragraph of its text, with its id as `data-output`; a text that is laid out keeps its lines.
function scalarToMdast({ text }: Scalar, { id }: OutputContext): RootContent[] {
  const data = { hProperties: { dataOutput: id } }
  const value = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '')
  if (/[\n\t]|^ /.test(value)) return [{ type: 'code', value, data }]
  return [{ type: 'paragraph', data, children: [dataText(text)] }]
}
