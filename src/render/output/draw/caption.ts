import type { Html, RootContent } from 'mdast'
import type { Node, Parent } from 'unist'
import { element } from '../../model/element.ts'
import { found } from '../../model/found.ts'
import { outputId } from '../../model/output-types.ts'
import type { Cell, Figure, Output, Table } from '../../model/types.ts'
import { partLetter } from '../../syntax/numbering.ts'
import type { OutputContext } from './context.ts'

/**
 * Gives the caption of an output, after its number, as Markdown whose citations and references still resolve;
 * nothing if it has neither. A note on how to read the output ends the caption, if there is one.
 * Throws if the output and its fence each have one.
 */
export function captionNodes(
  own: string | undefined,
  { number, caption, parseMarkdown }: OutputContext,
  note?: string,
): RootContent[] {
  if (own !== undefined && caption !== undefined) {
    throw new Error(
      `Unexpected second caption, expected one: ${found(own)} of the output or ${found(caption)} of the fence`,
    )
  }
  const [first, ...rest] = withoutMarkup(parseMarkdown(own ?? caption ?? ''))
  const line = first?.type === 'paragraph' ? first.children : first === undefined ? [] : [first]
  const numbered =
    number === undefined ? [] : [element('span', { className: ['weft-number'] }, [text(number)])]
  const gap = numbered.length > 0 && line.length > 0 ? [text(' ')] : []
  const children = [...numbered, ...gap, ...line, ...rest]
  if (children.length === 0) return []
  const last =
    note === undefined ? [] : [text(' '), element('span', { className: ['weft-note'] }, [text(note)])]
  return [element('figcaption', {}, [...children, ...last])]
}

/**
 * Lists the indices of the figures and tables of a cell that take the caption of its fence: those without one of their
 * own. It is the caption of one of them; of several, only the first shows it.
 */
export function captionTakers(shown: readonly Output[]): readonly number[] {
  return shown.flatMap((output, index) =>
    isCaptioned(output) && output.caption === undefined ? [index] : [],
  )
}

/**
 * Says how many figures of a cell have one number, and the caption of its fence as theirs: 1 unless there are several. A
 * cell with one figure shows it as it is.
 */
export function countParts(
  { label, options }: Pick<Cell, 'label' | 'options'>,
  shown: readonly Output[],
): number {
  const isGroup = options.caption !== undefined && label.startsWith('fig-')
  return isGroup && shown.length > 1 && shown.every(({ kind }) => kind === 'figure') ? shown.length : 1
}

/** Gives the id of an output on the page: `fig-a-b` for the second part of a figure, else as `outputId` says. */
export function idOfOutput(
  cell: Pick<Cell, 'label' | 'options'>,
  shown: readonly Output[],
  index: number,
): string {
  if (countParts(cell, shown) === 1) return outputId(cell.label, index)
  return `${cell.label}-${partLetter(index)}`
}

/** Says whether an output is of a kind that has captions. */
export function isCaptioned(output: Output): output is Figure | Table {
  return output.kind === 'figure' || output.kind === 'table'
}

/** Makes a node of text. */
export function text(value: string): RootContent {
  return { type: 'text', value }
}

/** Turns HTML in a line of Markdown into text, since it could end the figure or table around it. */
export function withoutMarkup<Some extends Node>(nodes: readonly Some[]): Some[] {
  return nodes.map((node) => {
    if (node.type === 'html') return text((node as unknown as Html).value) as unknown as Some
    return 'children' in node
      ? { ...node, children: withoutMarkup((node as unknown as Parent).children) }
      : node
  })
}
