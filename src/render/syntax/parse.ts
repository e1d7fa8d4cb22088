import type { Code, InlineCode, Root } from 'mdast'
import type { Directives } from 'mdast-util-directive'
import type { Position } from 'unist'
import { visit } from 'unist-util-visit'
import type { VFile } from 'vfile'
import { fail, reportSlip } from '../model/messages.ts'
import { orList } from '../model/nearest.ts'
import type { Rule } from '../model/rules.ts'
import type { Cell, Chapter, Expression, Listing, RegisterForms, Report, ReportTree } from '../model/types.ts'
import { isDirective, knownDirectives, restoreDirectives } from './directives.ts'
import { labelEquations, reportEquationLabels } from './equations.ts'
import { nameExpressions, sectionBlock } from './expression-ids.ts'
import { isCell, readFence, readListingFence } from './fence.ts'
import { isOpenFence } from './fence-slips.ts'
import { takeGiven } from './given.ts'
import { takeHeadingAttributes } from './heading-attributes.ts'
import { setMark } from './marks.ts'
import { nearMisses } from './near-misses.ts'
import { markdownProcessor } from './processor.ts'
import { readValue } from './read-value.ts'
import { reportLostCells, unescapePipes } from './table-cells.ts'

/**
 * Parses every chapter of a report and marks its cells, values and claims. May report `cell-is-recognized`,
 * `value-is-recognized`, `directive-is-known`, `figure-has-alt`, `label-is-given`, `label-is-unique`,
 * `option-is-known`, `claim-holds` and `number-has-source` on the chapters' files; `cells` leaves out a cell with such
 * an error.
 *
 * @param registers The registers that the report can use.
 */
export function parse(report: Report, registers: RegisterForms): ReportTree {
  const processor = markdownProcessor()
  const chapters = report.files.map((file): Chapter => {
    const tree = processor.parse(file) as Root
    for (const slip of nearMisses(tree, String(file))) reportSlip(file, slip)
    restoreDirectives(tree, String(file), ({ node, meant }) => {
      const reason = `Unknown directive \`${node.name}\`, expected ${orList(knownDirectives)}: did you mean \`${meant}\`?`
      fail(file, rulesOfDirectives[meant] ?? 'option-is-known', reason, node.position)
    })
    return { file, tree }
  })
  return markReport(report, chapters, registers)
}

/** Marks the cells, values and claims of parsed trees, and gives ids to values and claims. */
export function markReport(
  report: Report,
  chapters: readonly Chapter[],
  registers: RegisterForms,
): ReportTree {
  const cells: Cell[] = []
  const listings: Listing[] = []
  const expressions: Expression[] = []
  const nameExpression = nameExpressions(report)
  for (const { file, tree } of chapters) {
    let block = ''
    const add = (node: InlineCode | Directives, found: Found | undefined) => {
      if (!found) return
      const expression = { ...found, file: file.path, position: node.position! }
      const id = nameExpression(block, expression)
      setMark(node, { expression: id })
      expressions.push({ id, ...expression })
    }
    tree.children = tree.children.filter((node) => node.type !== 'yaml')
    unescapePipes(tree)
    labelEquations(tree, String(file))
    reportEquationLabels(tree, file)
    visit(tree, (node, _index, parent) => {
      if (node.type === 'code' && isCell(node)) addCell(node, file, report, cells)
      else if (node.type === 'code') addListing(node, file, listings)
      else if (node.type === 'inlineCode') add(node, findValue(node, file))
      else if (isDirective(node) && node.name === 'claim') add(node, findClaim(node, file))
      else if (node.type === 'table') reportLostCells(node, file)
      else if (node.type === 'heading') {
        takeHeadingAttributes(node, file)
        if (parent === tree) block = sectionBlock(node)
      }
      const problem = takeGiven(node)
      if (problem !== undefined) fail(file, 'number-has-source', problem, node.position)
    })
  }
  return { report, chapters, cells, listings, expressions, registers }
}

// The rule that would go unchecked because of a mistyped name.
const rulesOfDirectives: { readonly [name: string]: Rule } = {
  claim: 'claim-holds',
  given: 'number-has-source',
  register: 'register-is-known',
}

function addCell(node: Code, file: VFile, report: Report, cells: Cell[]): void {
  if (isOpenFence(node, String(file))) return
  const { label, options, problems } = readFence(node.meta!, report.front.echo)
  const position = node.position!
  for (const { rule, reason, words } of problems)
    fail(file, rule, reason, placeOfWords(file, position, words))
  if (problems.length > 0 || label === undefined) return
  const earlier = cells.find((cell) => cell.label === label)
  if (earlier) {
    const where = `${earlier.file}:${earlier.position.start.line}`
    fail(
      file,
      'label-is-unique',
      `Unexpected second cell \`#${label}\`, expected one: the first is at ${where}`,
      placeOfWords(file, position, `#${label}`),
    )
    return
  }
  setMark(node, { cell: label })
  const lang = node.lang as Cell['lang']
  cells.push({ label, lang, source: node.value, options, file: file.path, position })
}

function addListing(node: Code, file: VFile, listings: Listing[]): void {
  const fence = readListingFence(node)
  if (!fence) return
  const { problems, ...listing } = fence
  const position = node.position!
  for (const { rule, reason, words } of problems)
    fail(file, rule, reason, placeOfWords(file, position, words))
  setMark(node, { listing: listing.label })
  listings.push({ ...listing, file: file.path, position })
}

type Found = Pick<Expression, 'kind' | 'source' | 'tolerance'>

function findValue(node: InlineCode, file: VFile): Found | undefined {
  const value = readValue(node, String(file))
  if (value === undefined) return undefined
  const { problems, ...rest } = value
  for (const problem of problems) fail(file, 'option-is-known', problem, node.position)
  return { kind: 'value', ...rest }
}

function findClaim(node: Directives, file: VFile): Found | undefined {
  const source = node.attributes?.that?.trim()
  if (!source || node.type !== 'textDirective') {
    const found = source ? 'claim as a block' : 'claim without an expression'
    fail(
      file,
      'claim-holds',
      `Unexpected ${found}, expected \`:claim[prose]{that='expression'}\``,
      node.position,
    )
    return undefined
  }
  return { kind: 'claim', source }
}

function placeOfWords(file: VFile, position: Position, words: string): Position {
  const { line } = position.start
  const column = words === '' ? -1 : (String(file).split('\n')[line - 1] ?? '').indexOf(words)
  if (column < 0) return { start: position.start, end: { line, column: position.start.column + 1 } }
  return { start: { line, column: column + 1 }, end: { line, column: column + 1 + words.length } }
}
