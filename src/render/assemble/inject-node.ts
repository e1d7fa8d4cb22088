import type { Code, InlineCode, Root, RootContent } from 'mdast'
import type { TextDirective } from 'mdast-util-directive'
import type { Node, Parent } from 'unist'
import { placeOfWord } from '../bundle/point-source.ts'
import type { CellResult } from '../execute/cell-result.ts'
import { clone } from '../model/clone.ts'
import { element, withPosition } from '../model/element.ts'
import { ownLanguage, staleMark } from '../model/language.ts'
import { fail, warn } from '../model/messages.ts'
import type { Cell, Output } from '../model/types.ts'
import { visit } from '../model/visit.ts'
import { type Words, wordsFor } from '../model/words.ts'
import { captionTakers, countParts, idOfOutput, isCaptioned } from '../output/draw/caption.ts'
import { SpecError } from '../output/draw/figure-to-svg.ts'
import { outputToMdast } from '../output/draw/to-mdast.ts'
import { languageAt } from '../syntax/language-at.ts'
import { markOf } from '../syntax/marks.ts'
import { captionLabel } from '../syntax/references.ts'
import { isRegister } from '../syntax/register-directive.ts'
import { codeNodes, hiddenCode, listingNode } from './code-nodes.ts'
import { diagramNode } from './diagram-node.ts'
import { reportFailure } from './failure.ts'
import { type Context, expressionNode, fragment, replace } from './fragment.ts'
import { groupFigures } from './group-figures.ts'
import { numberTyped } from './typed-numbers.ts'

/** Puts results into a copy of one node of a chapter; collects its registers, to be filled later. */
export async function injectNode(source: RootContent, context: Context): Promise<Root> {
  const copy: Root = { type: 'root', children: [clone(source)] }
  const cells: { node: Code; label: string; parent: Parent; own: Context }[] = []
  const listings: { node: Code; parent: Parent; own: Context }[] = []
  const inline: { node: InlineCode | TextDirective; id: string; parent: Parent }[] = []
  const diagrams: { node: Code; parent: Parent; alt: string; own: Context }[] = []
  const typed: { node: Parent; label: string; own: Context }[] = []
  const languages = new Map<Node, string | undefined>()
  visit(copy, (node, _index, parent) => {
    const mark = markOf(node)
    // What a block says of its language holds for all in it.
    const lang = ownLanguage(node) ?? (parent && languages.get(parent))
    languages.set(node, lang)
    const own = lang === undefined ? context : { ...context, words: wordsFor(lang) }
    if (mark?.cell !== undefined)
      cells.push({ node: node as Code, label: mark.cell, parent: parent as Parent, own })
    if (mark?.listing !== undefined) listings.push({ node: node as Code, parent: parent as Parent, own })
    if (mark?.expression !== undefined)
      inline.push({ node: node as InlineCode, id: mark.expression, parent: parent as Parent })
    if (mark?.diagram !== undefined)
      diagrams.push({ node: node as Code, parent: parent as Parent, alt: mark.diagram, own })
    if (mark?.typed !== undefined) typed.push({ node: node as Parent, label: mark.typed, own })
    const callout = (node.data as { callout?: keyof Words['callouts'] } | undefined)?.callout
    if (callout !== undefined && node.type === 'text' && lang !== undefined)
      node.value = own.words.callouts[callout]
    if (isRegister(node)) context.registers.push({ node, parent: parent as Parent, context: own })
  })
  for (const { node, id, parent } of inline) {
    const expressed = context.results.expressions.get(id)!
    replace(parent, node, [{ ...expressionNode(node, expressed, context), position: node.position }])
  }
  for (const { node, parent, alt, own } of diagrams)
    replace(parent, node, [await diagramNode(node, { id: idOf(parent), alt }, own)])
  for (const { node, label, own } of typed) numberTyped(node, label, own)
  for (const { node, parent, own } of listings) replace(parent, node, [listingNode(node, own)])
  for (const { node, label, parent, own } of cells) replace(parent, node, await cellNodes(node, label, own))
  return copy
}

// Across the margin, as images of the class `wide` are.
function widen(node: RootContent): void {
  const { hName, hProperties } = (node.data ?? {}) as {
    readonly hName?: string
    hProperties?: Record<string, unknown>
  }
  if (hName !== 'figure' || !hProperties) return
  const before = (hProperties.className as readonly string[] | undefined) ?? []
  hProperties.className = [...before, 'weft-wide']
}

// As the braces of an image say it.
function placeNode(node: RootContent, placement: string): void {
  const { hName, hProperties } = (node.data ?? {}) as {
    readonly hName?: string
    hProperties?: Record<string, unknown>
  }
  if (hName === 'figure' && hProperties) hProperties.dataPlacement = placement
}

function idOf({ data }: Parent): string {
  return String((data as { hProperties?: { id?: unknown } } | undefined)?.hProperties?.id)
}

async function cellNodes(node: Code, label: string, context: Context): Promise<RootContent[]> {
  const { file, tree, results, words } = context
  const cell = byLabel(tree.cells, label)[0]!
  const cellResult = results.cells.get(label)!
  const message = reportFailure(file, cellResult, results.cells)
  const box = message === undefined ? [] : [failureBox(message)]
  const shown = 'stored' in cellResult ? (cellResult.stored?.shown ?? []) : []
  const made: RootContent[][] = []
  for (const [index, output] of shown.entries())
    made.push(await outputNodes(cell, { shown, index }, output, context))
  const isGroup = countParts(cell, shown) > 1
  const outputs = isGroup ? [groupFigures(cell, made, context)] : made.flat()
  if ('stored' in cellResult && cellResult.stored !== undefined) {
    reportAbsent(cell, shown, context)
    reportCaption(cell, shown, context)
  }
  if (cell.options.isWide) for (const node of outputs) widen(node)
  if (cell.options.placement) for (const node of outputs) placeNode(node, cell.options.placement)
  const stale = cellResult.state === 'stale' && outputs.length > 0 ? cellResult : undefined
  const nodes = [
    ...codeNodes(node, cell, context),
    ...box,
    ...(stale ? [element('div', staleProperties(stale, words), outputs)] : outputs),
    ...hiddenCode(node, cell, shown, context),
  ]
  // A preview finds the block of a line by these.
  return nodes.map((one) => (one.position ? one : { ...one, position: cell.position }))
}

// A preview shows whose old outputs these are, and what becomes of them.
function staleProperties({ cell, isAwaited }: Extract<CellResult, { state: 'stale' }>, words: Words) {
  return isAwaited
    ? { className: ['weft-stale', 'weft-awaited'], dataCell: cell.label }
    : { className: 'weft-stale', ...staleMark(words) }
}

// A label promises a numbered figure or table, and prose may refer to it.
function reportAbsent(cell: Cell, shown: readonly Output[], { file, targets }: Context): void {
  const [target] = byLabel(targets, cell.label)
  if (!target || target.kind === 'listing' || shown[0]?.kind === target.kind) return
  const reason = `Unexpected label \`#${cell.label}\`, its cell shows no ${target.kind} first: expected \`export default ${target.kind}(...)\``
  fail(file, 'output-renders', reason, cell.position)
}

// The caption of a fence says what one figure or table shows.
function reportCaption(cell: Cell, shown: readonly Output[], context: Context): void {
  const takers = captionTakers(shown)
  if (cell.options.caption === undefined || isListing(cell, context) || countParts(cell, shown) > 1) return
  if (takers.length > 1) {
    const reason = `Unexpected caption of \`#${cell.label}\`, its cell shows ${takers.length} figures or tables: join them as one figure, or give each its own caption, \`figure(..., { caption: '...' })\``
    fail(context.file, 'output-renders', reason, cell.position)
  } else if (!shown.some(isCaptioned)) {
    const reason = `Unexpected caption of \`#${cell.label}\`, its cell shows no figure or table: expected \`export default figure(...)\` or \`table(...)\``
    warn(context.file, 'output-renders', reason, cell.position)
  }
}

function isListing(cell: Cell, { targets }: Context): boolean {
  return byLabel(targets, cell.label).some(({ kind }) => kind === 'listing')
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
  const { file, drawn, tabled, targets, drawings, words } = context
  const isPart = countParts(cell, shown) > 1
  const isOther = isListing(cell, context) || isPart || captionTakers(shown).indexOf(index) > 0
  const id = idOfOutput(cell, shown, index)
  const target = byLabel(targets, id).find(({ kind }) => kind === output.kind)
  if (output.kind === 'table') tabled.push({ id, table: output })
  try {
    const nodes = await outputToMdast(output, {
      id,
      number: target && captionLabel(target, words),
      caption: isOther ? undefined : cell.options.caption,
      drawings,
      words,
      lang: languageAt(context.tree, cell),
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

const listsByLabel = new WeakMap<object, Map<string, object[]>>()

/** Gives what a list has under a label, in its order. The list is searched once: a report may have thousands. */
function byLabel<One extends { readonly label: string }>(
  list: readonly One[],
  label: string,
): readonly One[] {
  let index = listsByLabel.get(list)
  if (!index) {
    index = new Map()
    for (const one of list) index.set(one.label, [...(index.get(one.label) ?? []), one])
    listsByLabel.set(list, index)
  }
  return (index.get(label) ?? []) as One[]
}
