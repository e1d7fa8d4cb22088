import type { Heading } from 'mdast'
import type { Math as DisplayMath } from 'mdast-util-math'
import type { Node } from 'unist'
import { SKIP, visit } from 'unist-util-visit'
import { element, textBelow } from '../model/element.ts'
import { warn } from '../model/messages.ts'
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

/**
 * Numbers the headings of the chapters that a report names, `2.1`, and writes the number before the heading's text
 * (class `weft-section-number`). Headings of report.md itself have no number: its first headings are the front matter
 * of a book, and a report without chapters is a note. Headings of the class `unnumbered`, and those below them, have
 * none either. Changes the trees in place; returns the sections that have an id.
 */
export function numberSections([main, ...chapters]: readonly Chapter[]): Target[] {
  const targets = main ? main.tree.children.filter(isHeading).flatMap((node) => targetOf(node, '', main)) : []
  const counts = [0, 0, 0, 0, 0, 0]
  for (const chapter of chapters) {
    let unnumbered = 7
    visit(chapter.tree, (node) => {
      if (node.type === 'blockquote' || node.type === 'listItem') return SKIP
      if (!isHeading(node)) return
      if (node.depth <= unnumbered) unnumbered = classesOf(node).includes('unnumbered') ? node.depth : 7
      const number = unnumbered === 7 ? nextNumber(counts, node.depth) : ''
      targets.push(...targetOf(node, number, chapter))
      if (number !== '') prepend(node, number)
      return SKIP
    })
  }
  return targets
}

function isHeading(node: { readonly type: string }): node is Heading {
  return node.type === 'heading'
}

function nextNumber(counts: number[], depth: number): string {
  counts[depth - 1]!++
  counts.fill(0, depth)
  return counts.slice(0, depth).join('.')
}

function targetOf(node: Heading, number: string, { file }: Chapter): Target[] {
  const label = properties(node).id
  if (typeof label !== 'string') return []
  const title = textBelow(node)
  return [{ label, kind: 'section', number, title, file: file.path, position: node.position! }]
}

function prepend(node: Heading, number: string): void {
  const text = { type: 'text', value: number } as const
  const span = element('span', { className: ['weft-section-number'] }, [text])
  node.children = [span as Heading['children'][number], { type: 'text', value: ' ' }, ...node.children]
}

function classesOf(node: Heading): readonly string[] {
  return (properties(node).className as readonly string[] | undefined) ?? []
}

function properties({ data }: Heading): Record<string, unknown> {
  return (data as { hProperties?: Record<string, unknown> } | undefined)?.hProperties ?? {}
}

/**
 * Reports `heading-follows` at each heading that skips a level, including those in quotes and in the output of cells:
 * a reader who navigates by headings would think that a level is missing. A chapter begins with `#`.
 *
 * @param hasTitle Whether the report has a title above its first heading.
 */
export function reportHeadingOrder(chapters: readonly Chapter[], hasTitle: boolean): void {
  let before = hasTitle ? 0 : undefined
  for (const [index, { tree, file }] of chapters.entries()) {
    let isFirst = index > 0
    visit(tree, 'heading', ({ depth, position }: Heading) => {
      const highest = isFirst ? 1 : (before ?? depth) + 1
      if (depth > highest) warn(file, 'heading-follows', orderReason(depth, highest, isFirst), position)
      isFirst = false
      before = depth
    })
  }
}

function orderReason(depth: number, highest: number, isFirst: boolean): string {
  const found = `Unexpected heading of level ${depth}`
  if (isFirst) return `${found}, expected \`#\` at the first one of a chapter`
  if (highest === 1) return `${found}, expected \`#\` at the first one`
  return `${found}, expected at most \`${'#'.repeat(highest)}\` below one of level ${highest - 1}`
}
