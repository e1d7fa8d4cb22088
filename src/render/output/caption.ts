import type { RootContent } from 'mdast'
import { found } from '../charts/found.ts'
import { element } from '../element.ts'
import type { OutputContext } from './context.ts'

/**
 * Gives the caption of an output, after its number, as Markdown whose citations and references still resolve;
 * nothing where there is neither. Throws if the output and its fence each have one.
 */
export function captionNodes(
  own: string | undefined,
  { number, caption, parseMarkdown }: OutputContext,
): RootContent[] {
  if (own !== undefined && caption !== undefined) {
    throw new Error(
      `Unexpected second caption, expected one: ${found(own)} of the output or ${found(caption)} of the fence`,
    )
  }
  const [first, ...rest] = parseMarkdown(own ?? caption ?? '')
  const line = first?.type === 'paragraph' ? first.children : first === undefined ? [] : [first]
  const numbered =
    number === undefined ? [] : [element('span', { className: ['weft-number'] }, [text(`${number}.`)])]
  const gap = numbered.length > 0 && line.length > 0 ? [text(' ')] : []
  const children = [...numbered, ...gap, ...line, ...rest]
  return children.length === 0 ? [] : [element('figcaption', {}, children)]
}

/** Makes a node of text. */
export function text(value: string): RootContent {
  return { type: 'text', value }
}
