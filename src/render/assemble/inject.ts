import type { Code, InlineCode, Root, RootContent } from 'mdast'
import type { TextDirective } from 'mdast-util-directive'
import type { Parent } from 'unist'
import { visit } from 'unist-util-visit'
import { placeOfWord } from '../bundle/point-source.ts'
import { element, withPosition } from '../model/element.ts'
import { fail, reportSlip, warn } from '../model/messages.ts'
import { outputId } from '../model/output-types.ts'
import type { Cell, Chapter, Drawn, Output, Position, ReportTree, Tabled, Target } from '../model/types.ts'
import { captionNodes, captionTakers, isCaptioned } from '../output/draw/caption.ts'
import type { Drawings } from '../output/draw/draw-once.ts'
import { SpecError } from '../output/draw/figure-to-svg.ts'
import { outputToMdast } from '../output/draw/to-mdast.ts'
import { markOf } from '../syntax/marks.ts'
import { numberBlocks, numberEquations, numberSections, reportHeadingOrder } from '../syntax/number.ts'
import { citedIn, referenceSlips } from '../syntax/reference-slips.ts'
import { nameOf, reportDuplicateIds, resolveReferences } from '../syntax/references.ts'
import { captionOfAuthor, isRegister, placeOfRegister } from '../syntax/register-directive.ts'
import { reportFewSeeds } from './claim-evidence.ts'
import { codeNodes, hiddenCode, listingNode } from './code-nodes.ts'
import { reportFailure } from './failure.ts'
import { type Context, expressionNode, fragment, type Results, replace } from './fragment.ts'
import { fillRegister } from './registers/fill-register.ts'
import { gatherFacts } from './registers/gather-facts.ts'

/** A report with its results in their places: new trees, and the numbered targets, drawings and tables in them. */
export interface Injected {
  readonly chapters: readonly Chapter[]
  readonly targets: readonly Target[]
  readonly drawn: readonly Drawn[]
  readonly tabled: readonly Tabled[]
  readonly registers: readonly FilledRegister[]
}

/** The nodes that replace a register. */
export interface FilledRegister {
  readonly file: string
  readonly position: Position | undefined
  readonly nodes: readonly RootContent[]
}

/**
 * Replaces cells, values and claims with their results; returns new trees and leaves the old ones as they are. Does
 * not draw again the figures that `drawings` has. Marks on the page whatever has no result, and reports it on the
 * chapter's file.
 */
export async function inject(tree: ReportTree, results: Results, drawings?: Drawings): Promise<Injected> {
  const shared: Omit<Context, 'file'> = {
    tree,
    results,
    drawn: [],
    tabled: [],
    targets: numberBlocks(tree),
    drawings,
    registers: [],
    claims: new Map(),
  }
  const chapters: Chapter[] = []
  for (const { file, tree: source } of tree.chapters)
    chapters.push({ file, tree: await injectChapter(source, { ...shared, file }) })
  reportFewSeeds(tree, results.expressions)
  reportHeadingOrder(chapters, tree.report.front.title !== '')
  const targets = [...shared.targets, ...numberSections(chapters), ...numberEquations(chapters)]
  reportDuplicateIds(chapters, tree.cells, targets)
  const captions = shared.registers.map(captionOfRegister)
  const apart = captions.map((children = [], index) => {
    const { file } = shared.registers[index]!.context
    return { file, tree: { type: 'root' as const, children } }
  })
  resolveReferences([...chapters, ...apart], targets)
  const isCited = citedIn(tree.report)
  for (const chapter of [...chapters, ...apart])
    for (const slip of referenceSlips(chapter, { targets, isCited })) reportSlip(chapter.file, slip)
  // Registers are filled last: their texts are data, in which nothing is a reference.
  const registers = shared.registers.length > 0 ? fillRegisters(chapters, shared, captions) : []
  return { chapters, drawn: shared.drawn, tabled: shared.tabled, targets, registers }
}

// Only the caption is the author's Markdown; the rest of a register is data.
function captionOfRegister({ node, context }: Context['registers'][number]): RootContent[] | undefined {
  const place = placeOfRegister(node, context.file)
  const own = captionOfAuthor(place, context.tree.registers)
  if (!own) return undefined
  const target = context.targets.find(({ label }) => label === place.attributes.id)
  return captionNodes(own.caption, {
    id: place.attributes.id ?? '',
    number: target && nameOf(target),
    parseMarkdown: (markdown) => fragment(markdown, own, context),
  })
}

function fillRegisters(
  chapters: readonly Chapter[],
  { tree, results, registers, targets, claims }: Omit<Context, 'file'>,
  captions: readonly (RootContent[] | undefined)[],
): FilledRegister[] {
  const places = registers.map(({ node, context }) => placeOfRegister(node, context.file))
  const facts = gatherFacts(tree, chapters, results, { places, claims })
  return registers.map(({ node, parent }, index) => {
    const place = places[index]!
    const target = targets.find(({ label }) => label === place.attributes.id)
    const number = target && nameOf(target)
    const nodes = fillRegister(place, facts, { number, caption: captions[index] })
    replace(parent, node, nodes)
    return { file: place.file.path, position: place.position, nodes }
  })
}

async function injectChapter(source: Root, context: Context): Promise<Root> {
  const copy = structuredClone(source)
  const cells: { node: Code; label: string; parent: Parent }[] = []
  const listings: { node: Code; parent: Parent }[] = []
  const inline: { node: InlineCode | TextDirective; id: string; parent: Parent }[] = []
  visit(copy, (node, _index, parent) => {
    const mark = markOf(node)
    if (mark?.cell !== undefined)
      cells.push({ node: node as Code, label: mark.cell, parent: parent as Parent })
    if (mark?.listing !== undefined) listings.push({ node: node as Code, parent: parent as Parent })
    if (mark?.expression !== undefined)
      inline.push({ node: node as InlineCode, id: mark.expression, parent: parent as Parent })
    if (isRegister(node)) context.registers.push({ node, parent: parent as Parent, context })
  })
  for (const { node, id, parent } of inline) {
    const expressed = context.results.expressions.get(id)!
    replace(parent, node, [{ ...expressionNode(node, expressed, context), position: node.position }])
  }
  for (const { node, parent } of listings) replace(parent, node, [listingNode(node, context)])
  for (const { node, label, parent } of cells) replace(parent, node, await cellNodes(node, label, context))
  return copy
}

async function cellNodes(node: Code, label: string, context: Context): Promise<RootContent[]> {
  const { file, tree, results } = context
  const cell = tree.cells.find((one) => one.label === label)!
  const cellResult = results.cells.get(label)!
  const message = reportFailure(file, cellResult, results.cells)
  const box = message === undefined ? [] : [failureBox(message)]
  const shown = 'stored' in cellResult ? (cellResult.stored?.shown ?? []) : []
  const outputs: RootContent[] = []
  for (const [index, output] of shown.entries())
    outputs.push(...(await outputNodes(cell, { shown, index }, output, context)))
  if ('stored' in cellResult && cellResult.stored !== undefined) {
    reportAbsent(cell, shown, context)
    reportCaption(cell, shown, context)
  }
  const isStale = cellResult.state === 'stale' && outputs.length > 0
  return [
    ...codeNodes(node, cell, context),
    ...box,
    ...(isStale ? [element('div', { className: 'weft-stale' }, outputs)] : outputs),
    ...hiddenCode(node, cell, shown),
  ]
}

// A label promises a numbered figure or table, and prose may refer to it.
function reportAbsent(cell: Cell, shown: readonly Output[], { file, targets }: Context): void {
  const target = targets.find(({ label }) => label === cell.label)
  if (!target || target.kind === 'listing' || shown[0]?.kind === target.kind) return
  const reason = `Unexpected label \`#${cell.label}\`, its cell shows no ${target.kind} first: expected \`export default ${target.kind}(...)\``
  fail(file, 'output-renders', reason, cell.position)
}

// The caption of a fence says what one figure or table shows.
function reportCaption(cell: Cell, shown: readonly Output[], context: Context): void {
  const takers = captionTakers(shown)
  if (cell.options.caption === undefined || isListing(cell, context)) return
  if (takers.length > 1) {
    const reason = `Unexpected caption of \`#${cell.label}\`, its cell shows ${takers.length} figures or tables: join them as one figure, or give each its own caption, \`figure(..., { caption: '...' })\``
    fail(context.file, 'output-renders', reason, cell.position)
  } else if (!shown.some(isCaptioned)) {
    const reason = `Unexpected caption of \`#${cell.label}\`, its cell shows no figure or table: expected \`export default figure(...)\` or \`table(...)\``
    warn(context.file, 'output-renders', reason, cell.position)
  }
}

function isListing(cell: Cell, { targets }: Context): boolean {
  return targets.some(({ label, kind }) => label === cell.label && kind === 'listing')
}

interface OutputPlace {
  /** All that the cell shows. */
  readonly shown: readonly Output[]
  readonly index: number
}

async function outputNodes(
  cell: Cell,
  { shown, index }: OutputPlace,
  output: Output,
  context: Context,
): Promise<RootContent[]> {
  const { file, drawn, tabled, targets, drawings } = context
  const isOther = isListing(cell, context) || captionTakers(shown).indexOf(index) > 0
  const id = outputId(cell.label, index)
  const target = targets.find(({ label, kind }) => label === id && kind === output.kind)
  if (output.kind === 'table') tabled.push({ id, table: output })
  try {
    const nodes = await outputToMdast(output, {
      id,
      number: target && nameOf(target),
      caption: isOther ? undefined : cell.options.caption,
      drawings,
      parseMarkdown: (markdown) => fragment(markdown, cell, context),
      warned: (reason) => warn(file, 'output-renders', `\`#${id}\` is drawn, but ${reason}`, cell.position),
      figureSvg: (svg) => output.kind === 'figure' && drawn.push({ id, spec: output.spec, svg }),
    })
    return withPosition(isBlocks(output) ? nodes.map((node) => ofCell(node, cell)) : nodes, cell.position)
  } catch (error) {
    const { message } = error as Error
    // A stack trace would name places in Weft and in vega, none of the author's.
    const faults = error instanceof SpecError ? error.faults : [{ reason: message, word: '' }]
    for (const { reason, word } of faults)
      fail(file, 'output-renders', `Cannot draw \`#${id}\`, ${reason}`, placeOfWord(word, cell, String(file)))
    return [failureBox(`Cannot draw #${id}, ${message.replaceAll('`', '')}`)]
  }
}

// Figures and tables have ids of their own; these two kinds need the label of their cell.
function isBlocks({ kind }: Output): boolean {
  return kind === 'prose' || kind === 'scalar'
}

function ofCell(node: RootContent, { label }: Cell): RootContent {
  const { hProperties, ...data } = (node.data ?? {}) as { readonly hProperties?: object }
  return { ...node, data: { ...data, hProperties: { ...hProperties, dataCell: label } } } as RootContent
}

function failureBox(message: string): RootContent {
  return element('div', { className: 'weft-failure', role: 'alert' }, [
    element('p', {}, [{ type: 'text', value: message }]),
  ])
}
