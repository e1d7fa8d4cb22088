import type { Code, RootContent } from 'mdast'
import type { Owner } from '../execute/expressions.ts'
import { element } from '../model/element.ts'
import type { Cell, Output } from '../model/types.ts'
import { captionNodes } from '../output/draw/caption.ts'
import { codeProperties } from '../syntax/fence-marks.ts'
import { captionLabel } from '../syntax/references.ts'
import type { Context } from './fragment.ts'
import { fragment } from './fragment.ts'

/** Shows the code of a cell above its outputs as `echo` says: in full, folded, or not at all. */
export function codeNodes(node: Code, cell: Cell, context: Context): RootContent[] {
  const code = codeOf(node, cell)
  const { caption, echo } = cell.options
  if (cell.label.startsWith('lst-')) return [captioned(cell, caption, code, context)]
  if (echo === 'hide') return []
  if (echo === 'show') return [element('div', { className: 'weft-cell weft-show' }, [code])]
  return [fold(code, {}, context)]
}

/**
 * Keeps the code that `echo=hide` leaves out if a figure or a table links to the cell that made it: a screen shows it
 * once a reader follows that link; paper never does.
 */
export function hiddenCode(
  node: Code,
  cell: Cell,
  shown: readonly Output[],
  context: Context,
): RootContent[] {
  if (cell.options.echo !== 'hide' || cell.label.startsWith('lst-')) return []
  if (!shown.some(({ kind }) => kind === 'figure' || kind === 'table')) return []
  return [fold(codeOf(node, cell), { hidden: 'until-found' }, context)]
}

/** Shows a plain fence with an `lst-` label as a listing. */
export function listingNode(node: Code, context: Context): RootContent {
  const listing = context.tree.listings.find(
    ({ file, position }) =>
      file === context.file.path && position.start.offset === node.position?.start.offset,
  )
  const { hProperties } = (node.data ?? {}) as { readonly hProperties?: object }
  const data = hProperties && ({ hProperties } as Code['data'])
  const code: Code = { ...node, lang: listing!.lang, meta: null, data }
  return captioned(listing!, listing!.caption, code, context)
}

function codeOf(node: Code, { label, lang, options }: Cell): Code {
  const data: Code['data'] = { hProperties: { id: `cell-${label}`, ...codeProperties(options) } }
  return { type: 'code', lang, value: node.value, position: node.position, data }
}

function fold(code: Code, properties: Readonly<Record<string, unknown>>, { words }: Context): RootContent {
  const summary = element('summary', {}, [{ type: 'text', value: words.output.code }])
  return element('details', { className: 'weft-cell weft-fold', ...properties }, [summary, code])
}

function captioned(
  owner: Owner & { readonly label: string },
  caption: string | undefined,
  code: Code,
  context: Context,
): RootContent {
  const target = context.targets.find(({ position }) => position === owner.position)
  const line = captionNodes(undefined, {
    id: owner.label,
    number: target && captionLabel(target, context.words),
    caption,
    parseMarkdown: (markdown) => fragment(markdown, owner, context),
  })
  return element('figure', { className: ['weft-listing'], id: owner.label }, [...line, code])
}
