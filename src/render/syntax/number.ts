import type { Node } from 'unist'
import { visit } from 'unist-util-visit'
import type { ReportTree, Target } from '../types.ts'
import { markOf } from './marks.ts'

const kinds = { 'fig-': 'figure', 'tbl-': 'table', 'lst-': 'listing' } as const
type Kind = (typeof kinds)[keyof typeof kinds]

/**
 * Numbers figures, tables and listings over all chapters, by the prefix of their label (`fig-`, `tbl-`, `lst-`).
 * A figure or table whose cell is not evaluated has no number; a listing shows code and needs no result.
 */
export function numberBlocks({ chapters, cells, listings }: ReportTree): Target[] {
  const targets: Target[] = []
  for (const { tree } of chapters) {
    visit(tree, 'code', (node: Node) => {
      const { cell: label, listing } = markOf(node) ?? {}
      const cell = cells.find((one) => one.label === label)
      const block = cell ?? listings.find((one) => one.label === listing && one.position === node.position)
      const kind = block && kindOf(block.label)
      if (!kind || (kind !== 'listing' && cell?.options.evaluate === false)) return
      const number = String(targets.filter((target) => target.kind === kind).length + 1)
      targets.push({ label: block.label, kind, number, file: block.file, position: block.position })
    })
  }
  return targets
}

function kindOf(label: string): Kind | undefined {
  return kinds[label.slice(0, 4) as keyof typeof kinds]
}
