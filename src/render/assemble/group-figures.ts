import type { RootContent } from 'mdast'
import { element, withPosition } from '../model/element.ts'
import type { Cell } from '../model/types.ts'
import { captionNodes } from '../output/draw/caption.ts'
import { groupProperties, partProperties } from '../syntax/elements/figure-groups.ts'
import { captionLabel } from '../syntax/references.ts'
import { type Context, fragment } from './fragment.ts'

/** Joins the figures of a cell under one number, with the caption of its fence. */
export function groupFigures(
  cell: Cell,
  figures: readonly (readonly RootContent[])[],
  context: Context,
): RootContent {
  const target = context.targets.find(({ label }) => label === cell.label)
  const caption = captionNodes(undefined, {
    id: cell.label,
    number: target && captionLabel(target, context.words),
    caption: cell.options.caption,
    parseMarkdown: (markdown) => fragment(markdown, cell, context),
  })
  const parts = figures.map((nodes) => element('div', partProperties, nodes))
  const own = { ...groupProperties(figures.length), id: cell.label }
  const group = element('figure', own, [...parts, ...withPosition(caption, cell.position)])
  return { ...group, position: cell.position }
}
