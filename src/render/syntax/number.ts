import type { Math as DisplayMath } from 'mdast-util-math'
import type { Node } from 'unist'
import { visit } from 'unist-util-visit'
import type { Chapter, ReportTree, Target } from '../model/types.ts'
import { isDirective } from './directives.ts'
import { equationLabel, tagEquation } from './equations.ts'
import { markOf } from './marks.ts'

const kinds = { 'fig-': 'figure', 'tbl-': 'table', 'lst-': 'listing' } as const
type Kind = (typeof kinds)[keyof typeof kinds]

/**
 * Numbers figures, tables and listings over all chapters, by the prefix of their label (`fig-`, `tbl-`, `lst-`), and
 * the registers with a table label. A figure or table has no number if its cell is not evaluated; a listing shows
 * code and needs no result.
 */
export function numberBlocks(report: ReportTree): Target[] {
  const targets: Target[] = []
  for (const { file, tree } of report.chapters) {
    visit(tree, (node: Node) => {
      const block = node.type === 'code' ? blockOf(node, report) : registerOf(node, file.path)
      const kind = block && kindOf(block.label)
      if (!kind) return
      const number = String(targets.filter((target) => target.kind === kind).length + 1)
      targets.push({ label: block.label, kind, number, file: block.file, position: block.position })
    })
  }
  return targets
}

type Block = Pick<Target, 'label' | 'file' | 'position'>

function blockOf(node: Node, { cells, listings }: ReportTree): Block | undefined {
  const { cell: label, listing } = markOf(node) ?? {}
  const cell = cells.find((one) => one.label === label)
  if (cell?.options.evaluate === false && kindOf(cell.label) !== 'listing') return undefined
  return cell ?? listings.find((one) => one.label === listing && one.position === node.position)
}

function registerOf(node: Node, file: string): Block | undefined {
  if (!isDirective(node) || node.name !== 'register' || !node.attributes?.id) return undefined
  return { label: node.attributes.id, file, position: node.position! }
}

function kindOf(label: string): Kind | undefined {
  return kinds[label.slice(0, 4) as keyof typeof kinds]
}

/** Numbers the labelled display formulas over all chapters and tags them; changes the trees in place. */
export function numberEquations(chapters: readonly Chapter[]): Target[] {
  const targets: Target[] = []
  for (const { file, tree } of chapters) {
    visit(tree, (node: Node) => {
      const label = equationLabel(node)
      if (label === undefined) return
      const number = String(targets.length + 1)
      tagEquation(node as DisplayMath, number)
      targets.push({ label, kind: 'equation', number, file: file.path, position: node.position! })
    })
  }
  return targets
}
