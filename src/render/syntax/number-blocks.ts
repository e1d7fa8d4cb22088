import type { Heading } from 'mdast'
import type { Node } from 'unist'
import type { ReportTree, Target } from '../model/types.ts'
import { isAbstract } from './abstract.ts'
import { isDirective } from './directives.ts'
import { markedIn, markOf } from './marks.ts'
import { numberablesOf } from './number.ts'
import { openNumbering, partLetter } from './numbering.ts'

const kinds = { 'fig-': 'figure', 'tbl-': 'table', 'lst-': 'listing' } as const
type Kind = (typeof kinds)[keyof typeof kinds]

/**
 * Numbers figures, tables and listings over all chapters, by the prefix of their label (`fig-`, `tbl-`, `lst-`): those of
 * cells, those that an author typed, and the registers with a table label. A figure or table has no number if its cell is
 * not evaluated; a listing shows code and needs no result.
 *
 * @param partsOf Gives how many figures the cell with a label shows under one number.
 */
export function numberBlocks(report: ReportTree, partsOf: (label: string) => number = () => 1): Target[] {
  const targets: Target[] = []
  const numbering = openNumbering()
  // Of those that share the number of another.
  const shared = new Map<string, Pick<Target, 'number' | 'part'>>()
  for (const [index, { file, tree }] of report.chapters.entries()) {
    numbering.beginChapter()
    const mayNumber = (report.report.front.numbersections ?? index > 0) && !isAbstract(file)
    for (const top of tree.children) {
      if (mayNumber) for (const heading of headingsIn(top)) numbering.heading(heading)
      for (const node of markedIn(top)) {
        const block = blockOf(node, report, file.path)
        const kind = block && kindOf(block.label)
        if (!kind) continue
        const own = shared.get(block.label)
        const number = own?.number ?? numbering.next(kind)
        targets.push({ kind, ...block, ...own, number })
        const parts =
          markOf(node)?.parts ?? lettered(block.label, node.type === 'code' ? partsOf(block.label) : 1)
        for (const [at, label] of parts.entries()) {
          const part = partLetter(at)
          shared.set(label, { number: `${number}\u00a0(${part})`, part })
          if (node.type === 'code') targets.push({ kind, ...block, label, ...shared.get(label)! })
        }
      }
    }
  }
  return targets
}

function headingsIn(node: Node) {
  if (node.type !== 'heading' && node.type !== 'weftBlock') return []
  return numberablesOf([node as Heading]).headings
}

function lettered(label: string, count: number): string[] {
  return count < 2 ? [] : Array.from({ length: count }, (_, at) => `${label}-${partLetter(at)}`)
}

type Block = Pick<Target, 'label' | 'file' | 'position'>

function blockOf(node: Node, { cells, listings }: ReportTree, file: string): Block | undefined {
  const { cell: label, listing, typed } = markOf(node) ?? {}
  if (typed !== undefined) return { label: typed, file, position: node.position! }
  if (node.type !== 'code') return registerOf(node, file)
  const cell = cells.find((one) => one.label === label)
  if (cell?.options.evaluate === false && kindOf(cell.label) !== 'listing') return undefined
  const owner = cell ?? listings.find((one) => one.label === listing && one.position === node.position)
  return owner && { label: owner.label, file: owner.file, position: owner.position }
}

function registerOf(node: Node, file: string): Block | undefined {
  if (!isDirective(node) || node.name !== 'register' || !node.attributes?.id) return undefined
  return { label: node.attributes.id, file, position: node.position! }
}

function kindOf(label: string): Kind | undefined {
  return kinds[label.slice(0, 4) as keyof typeof kinds]
}
