import type { Code, InlineCode, PhrasingContent, Root, RootContent } from 'mdast'
import type { Directives, TextDirective } from 'mdast-util-directive'
import type { Node, Parent } from 'unist'
import { visit } from 'unist-util-visit'
import type { VFile } from 'vfile'
import { element } from './element.ts'
import { reportFailure } from './failure.ts'
import { fail } from './messages.ts'
import { captionNodes } from './output/caption.ts'
import type { Drawings } from './output/draw-once.ts'
import { outputToMdast } from './output/to-mdast.ts'
import { outputExpressions } from './output-expressions.ts'
import { placed } from './placed.ts'
import { fillRegister } from './registers/fill-register.ts'
import { gatherFacts } from './registers/gather-facts.ts'
import { isRegister, placeOf } from './registers/place-of.ts'
import { markOf } from './syntax/marks.ts'
import { numberBlocks } from './syntax/number.ts'
import { numberEquations } from './syntax/number-equations.ts'
import { numberSections } from './syntax/number-sections.ts'
import { parseFragment } from './syntax/parse-fragment.ts'
import { nameOf, resolveReferences } from './syntax/references.ts'
import { reportHeadingOrder } from './syntax/report-heading-order.ts'
import { reportTwins } from './syntax/report-twins.ts'
import type { Cell, Chapter, Drawn, Expression, Output, ReportTree, Tabled, Target } from './types.ts'
import type { Results } from './value-node.ts'
import { claimNode, valueNode } from './value-node.ts'

/** A report with its results in their places: new trees, and what was numbered, drawn and set in them. */
export interface Injected {
  readonly chapters: readonly Chapter[]
  readonly targets: readonly Target[]
  readonly drawn: readonly Drawn[]
  readonly tabled: readonly Tabled[]
}

/**
 * Puts results where their cells, values and claims stand; gives new trees and leaves the old ones as they are.
 * Figures that `drawings` has are not drawn again. What has no result is marked on the page and has its message on the chapter's file.
 */
export async function inject(tree: ReportTree, settlement: Results, drawings?: Drawings): Promise<Injected> {
  const drawn: Drawn[] = []
  const tabled: Tabled[] = []
  const registers: Context['registers'] = []
  const claims: Context['claims'] = new Map()
  const chapters: Chapter[] = []
  const blocks = numberBlocks(tree)
  const expressions = [...tree.expressions, ...outputExpressions(tree, settlement.cells)]
  for (const { file, tree: source } of tree.chapters) {
    const context: Context = {
      file,
      tree,
      settlement,
      expressions,
      drawn,
      tabled,
      targets: blocks,
      drawings,
      registers,
      claims,
    }
    chapters.push({ file, tree: await injectChapter(source, context) })
  }
  reportHeadingOrder(chapters, tree.report.front.title !== '')
  const targets = [...blocks, ...numberSections(chapters), ...numberEquations(chapters)]
  reportTwins(chapters, tree.cells, targets)
  resolveReferences(chapters, targets)
  // Last: their texts are data, in which nothing is a reference.
  if (registers.length > 0) {
    const places = registers.map(({ node, file }) => placeOf(node, file))
    const facts = gatherFacts(tree, chapters, settlement, { places, claims })
    for (const [index, { node, parent }] of registers.entries()) {
      const place = places[index]!
      const target = targets.find(({ label }) => label === place.attributes.id)
      replace(parent, node, fillRegister(place, facts, target && nameOf(target)))
    }
  }
  return { chapters, drawn, tabled, targets }
}

interface Context {
  readonly file: VFile
  readonly tree: ReportTree
  readonly settlement: Results
  /** Those of the chapters, then those of what cells show. */
  readonly expressions: readonly Expression[]
  readonly drawn: Drawn[]
  readonly tabled: Tabled[]
  readonly targets: readonly Target[]
  readonly drawings?: Drawings
  /** Filled when all else is in its place. */
  readonly registers: { readonly node: Directives; readonly parent: Parent; readonly file: VFile }[]
  /** As they stand on the page, by their number. */
  readonly claims: Map<number, Parent>
}

async function injectChapter(source: Root, context: Context): Promise<Root> {
  const copy = structuredClone(source)
  const cells: { node: Code; label: string; parent: Parent }[] = []
  const listings: { node: Code; parent: Parent }[] = []
  const inline: { node: InlineCode | TextDirective; number: number; parent: Parent }[] = []
  visit(copy, (node, _index, parent) => {
    const mark = markOf(node)
    if (mark?.cell !== undefined)
      cells.push({ node: node as Code, label: mark.cell, parent: parent as Parent })
    if (mark?.listing !== undefined) listings.push({ node: node as Code, parent: parent as Parent })
    if (mark?.expression !== undefined)
      inline.push({ node: node as InlineCode, number: mark.expression, parent: parent as Parent })
    if (isRegister(node)) context.registers.push({ node, parent: parent as Parent, file: context.file })
  })
  for (const { node, number, parent } of inline)
    replace(parent, node, [{ ...expressionNode(node, number, context), position: node.position }])
  for (const { node, parent } of listings) replace(parent, node, [listingNode(node, context)])
  for (const { node, label, parent } of cells) replace(parent, node, await cellNodes(node, label, context))
  return copy
}

function replace(parent: Parent, node: Node, nodes: readonly Node[]): void {
  parent.children.splice(parent.children.indexOf(node), 1, ...nodes)
}

function expressionNode(
  node: InlineCode | TextDirective,
  number: number,
  { file, expressions, settlement, claims }: Context,
): PhrasingContent {
  const expression = expressions[number]!
  const result = settlement.values.get(number)
  if (node.type !== 'textDirective') return valueNode(node, expression, result, settlement, file)
  const claim = claimNode(node, expression, result, settlement, file)
  claims.set(number, claim as Parent)
  return claim
}

async function cellNodes(node: Code, label: string, context: Context): Promise<RootContent[]> {
  const { file, tree, settlement } = context
  const cell = tree.cells.find((one) => one.label === label)!
  const settled = settlement.cells.get(label)!
  const message = reportFailure(file, settled, settlement.cells)
  const box = message === undefined ? [] : [failureBox(message)]
  const shown = 'frozen' in settled ? (settled.frozen?.shown ?? []) : []
  const outputs: RootContent[] = []
  for (const [index, output] of shown.entries())
    outputs.push(...(await outputNodes(cell, output, index, context)))
  reportAbsent(cell, shown, 'frozen' in settled && settled.frozen !== undefined, context)
  const isStale = settled.state === 'stale' && outputs.length > 0
  return [
    ...codeNodes(node, cell, context),
    ...box,
    ...(isStale ? [element('div', { className: 'weft-stale' }, outputs)] : outputs),
  ]
}

// A label promises a numbered figure or table, and prose may point at it.
function reportAbsent(
  cell: Cell,
  shown: readonly Output[],
  hasResult: boolean,
  { file, targets }: Context,
): void {
  const target = targets.find(({ label }) => label === cell.label)
  if (!target || target.kind === 'listing' || !hasResult || shown[0]?.kind === target.kind) return
  const reason = `Unexpected label \`#${cell.label}\`, its cell shows no ${target.kind} first: expected \`export default ${target.kind}(...)\``
  fail(file, 'output-renders', reason, cell.position)
}

async function outputNodes(
  cell: Cell,
  output: Output,
  index: number,
  context: Context,
): Promise<RootContent[]> {
  const { file, drawn, tabled, targets, drawings } = context
  const isListing = targets.some(({ label, kind }) => label === cell.label && kind === 'listing')
  const id = index === 0 && !isListing ? cell.label : `${cell.label}-${index + 1}`
  const target = targets.find(({ label, kind }) => label === id && kind === output.kind)
  if (output.kind === 'table') tabled.push({ id, table: output })
  try {
    const nodes = await outputToMdast(output, {
      id,
      number: target && nameOf(target),
      caption: isListing ? undefined : cell.options.caption,
      drawings,
      parseMarkdown: (markdown) => fragment(markdown, cell, context),
      figureSvg: (svg) => output.kind === 'figure' && drawn.push({ id, spec: output.spec, svg }),
    })
    return placed(nodes, cell.position)
  } catch (error) {
    const { message } = error as Error
    fail(file, 'output-renders', `Cannot draw \`#${id}\`, ${message}`, cell.position, { cause: error })
    return [failureBox(`Cannot draw #${id}: ${message}`)]
  }
}

// Markdown that belongs to a cell or a listing, with its values in their places.
function fragment(markdown: string, owner: Owner, context: Context): RootContent[] {
  const tree: Root = { type: 'root', children: parseFragment(markdown, owner.position) }
  const inline: { node: InlineCode; source: string; parent: Parent }[] = []
  visit(tree, 'inlineCode', (node: InlineCode, _index, parent) => {
    const source = markOf(node)?.value
    if (source !== undefined) inline.push({ node, source, parent: parent as Parent })
  })
  for (const { node, source, parent } of inline) {
    const number = context.expressions.findIndex(
      (one) => one.source === source && one.position === owner.position,
    )
    replace(parent, node, [expressionNode(node, number, context)])
  }
  return tree.children
}

type Owner = Pick<Cell, 'label' | 'position'>

function listingNode(node: Code, context: Context): RootContent {
  const listing = context.tree.listings.find(
    ({ file, position }) =>
      file === context.file.path && position.start.offset === node.position?.start.offset,
  )
  return captioned(
    listing!,
    listing!.caption,
    { ...node, lang: listing!.lang, meta: null, data: undefined },
    context,
  )
}

function captioned(owner: Owner, caption: string | undefined, code: Code, context: Context): RootContent {
  const target = context.targets.find(({ position }) => position === owner.position)
  const line = captionNodes(undefined, {
    id: owner.label,
    number: target && nameOf(target),
    caption,
    parseMarkdown: (markdown) => fragment(markdown, owner, context),
  })
  return element('figure', { className: ['weft-listing'], id: owner.label }, [...line, code])
}

function codeNodes(node: Code, cell: Cell, context: Context): RootContent[] {
  const { options } = cell
  const data: Code['data'] = { hProperties: { id: `cell-${cell.label}` } }
  const code: Code = { type: 'code', lang: 'ts', value: node.value, position: node.position, data }
  if (cell.label.startsWith('lst-')) return [captioned(cell, options.caption, code, context)]
  if (options.echo === 'hide') return []
  if (options.echo === 'show') return [element('div', { className: 'weft-cell weft-show' }, [code])]
  const summary = element('summary', {}, [{ type: 'text', value: 'Code' }])
  return [element('details', { className: 'weft-cell weft-fold' }, [summary, code])]
}

function failureBox(message: string): RootContent {
  return element('div', { className: 'weft-failure', role: 'alert' }, [
    element('p', {}, [{ type: 'text', value: message }]),
  ])
}
