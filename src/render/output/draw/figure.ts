import type { RootContent } from 'mdast'
import { element } from '../../model/element.ts'
import type { Figure } from '../../model/types.ts'
import { captionNodes } from './caption.ts'
import type { OutputContext } from './context.ts'
import { drawOnce } from './draw-once.ts'

/** Draws a figure, with its caption below. */
export async function figureToMdast(figure: Figure, context: OutputContext): Promise<RootContent[]> {
  const caption = captionNodes(figure.caption, context)
  const { id, drawings = new Map<string, string>() } = context
  const svg = await drawOnce(figure, id, drawings)
  context.figureSvg?.(svg)
  const drawing: RootContent = { type: 'html', value: svg }
  return [element('figure', { className: ['weft-figure'], id: context.id }, [drawing, ...caption])]
}
