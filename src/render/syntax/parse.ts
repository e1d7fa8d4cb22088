import type { Code, InlineCode, Root, RootContent } from 'mdast'
import type { Directives } from 'mdast-util-directive'
import type { Position } from 'unist'
import { VFile } from 'vfile'
import { languageOf, wordsOfChapter } from '../model/language.ts'
import { type Kept, keptMessages, Memory, replay } from '../model/memory.ts'
import { fail, reportSlip, type Slip } from '../model/messages.ts'
import { orList } from '../model/nearest.ts'
import type { Rule } from '../model/rules.ts'
import type { Cell, Chapter, Expression, Listing, RegisterForms, Report, ReportTree } from '../model/types.ts'
import { visit } from '../model/visit.ts'
import { frontNodes } from './abstract.ts'
import { type Block, type Blocks, parseBlocks } from './blocks.ts'
import { isDirective, knownDirectives, restoreDirectives } from './directives.ts'
import { takeElements } from './elements/take-elements.ts'
import { labelEquations, reportEquationLabels } from './equations.ts'
import { countNames, expressionName, sectionBlock } from './expression-ids.ts'
import { isCell, readFence, readListingFence } from './fence.ts'
import { isOpenFence } from './fence-slips.ts'
import { takeGiven } from './given.ts'
import { takeHeadingAttributes } from './heading-attributes.ts'
import { setMark } from './marks.ts'
import { fewSlips, nearMisses } from './near-misses.ts'
import { readValue } from './read-value.ts'
import type { Parser } from './remember-parsed.ts'
import { reportLostCells, unescapePipes } from './table-cells.ts'

/**
 * Parses every chapter of a report and marks its cells, values and claims. May report `cell-is-recognized`,
 * `value-is-recognized`, `directive-is-known`, `figure-has-alt`, `label-is-given`, `label-is-unique`,
 * `option-is-known`, `claim-holds` and `number-has-source` on the chapters' files; `cells` leaves out a cell with such
 * an error.
 *
 * @param registers The registers that the report can use.
 * @param memory Of earlier updates: their blocks that are unchanged stay the same nodes.
 * @param parser Parses whole chapters.
 */
export function parse(
  report: Report,
  registers: RegisterForms,
  memory = new Memory(),
  parser?: Parser,
): ReportTree {
  const languages = report.files.map(languageOf)
  memory.begin(JSON.stringify([report.front, report.profile, Object.keys(registers), languages]))
  const chapters = report.files.map((file) => parseChapter(file, report, memory, parser))
  return collect(report, chapters, registers)
}

/** A chapter whose nodes are marked but for what depends on other chapters. */
interface Marked {
  readonly file: VFile
  readonly tree: Root
  readonly items: readonly Item[]
}

/** What a chapter has to be known of, in document order. */
type Item =
  | { readonly kind: 'section'; readonly name: string }
  | { readonly kind: 'cell'; readonly node: Code; readonly cell: Cell }
  | { readonly kind: 'listing'; readonly listing: Listing }
  | {
      readonly kind: 'expression'
      readonly node: InlineCode | Directives
      readonly found: Found
      /** As it was named in the last update, in a block of that name. */
      named?: { readonly block: string; readonly name: string; readonly expression: Expression }
    }

interface MarkedBlock {
  readonly nodes: readonly RootContent[]
  readonly items: readonly Item[]
  readonly slips: readonly Slip[]
  readonly messages: readonly Kept[]
}

function parseChapter(file: VFile, report: Report, memory: Memory, parser: Parser | undefined): Marked {
  const text = String(file)
  // Callouts are titled in the language of their chapter.
  const name = `blocks ${file.path} ${languageOf(file)}`
  const marks = memory.value<WeakMap<Block, MarkedBlock>>('marks') ?? memory.keep('marks', new WeakMap())
  const { moved, ...parsed } = parseBlocks(text, memory.value<Blocks>(name), parser?.parse)
  memory.keep<Blocks>(name, parsed)
  for (const { block, lines, characters } of moved) {
    const marked = marks.get(block)!
    memory.move(marked.nodes, lines, characters)
    memory.moveMessages(marked.messages, lines, characters)
    memory.moveMessages(marked.slips, lines, characters)
  }
  const all = parsed.blocks.map((block) => {
    const marked = marks.get(block) ?? markBlock(block.nodes, file, report)
    marks.set(block, marked)
    return marked
  })
  const front = markFront(file, report, memory)
  if (front) all.unshift(front)
  for (const slip of fewSlips(all.flatMap(({ slips }) => slips))) reportSlip(file, slip)
  for (const { messages } of all) replay(messages, file)
  const children = all.flatMap(({ nodes }) => nodes)
  return { file, tree: { type: 'root', children }, items: all.flatMap(({ items }) => items) }
}

// What the front matter puts before the text of a file.
function markFront(file: VFile, report: Report, memory: Memory): MarkedBlock | undefined {
  const found = frontNodes(file, report.front, file === report.files[0])
  if (!found) return undefined
  const name = `front ${file.path}`
  const before = memory.value<{ readonly key: string; readonly marked: MarkedBlock }>(name)
  if (before?.key === found.key) return before.marked
  return memory.keep(name, { key: found.key, marked: markBlock(found.nodes, file, report) }).marked
}

function markBlock(nodes: readonly RootContent[], chapter: VFile, report: Report): MarkedBlock {
  const file = new VFile({ path: chapter.path, cwd: chapter.cwd, value: chapter.value, data: chapter.data })
  const tree: Root = { type: 'root', children: [...nodes] }
  takeElements(tree, {
    source: String(file),
    callouts: wordsOfChapter(chapter).callouts,
    isFragment: false,
    report: (slip) => reportSlip(file, slip),
  })
  const slips = nearMisses(tree, String(file))
  restoreDirectives(tree, String(file), ({ node, meant }) => {
    const reason = `Unknown directive \`${node.name}\`, expected ${orList(knownDirectives)}: did you mean \`${meant}\`?`
    fail(file, rulesOfDirectives[meant] ?? 'option-is-known', reason, node.position)
  })
  const items = markTree(tree, file, report)
  return { nodes: tree.children, items, slips, messages: keptMessages(file) }
}

/** Marks the cells, values and claims of a parsed tree, and gives ids to values and claims. */
export function markReport(report: Report, { file, tree }: Chapter, registers: RegisterForms): ReportTree {
  return collect(report, [{ file, tree, items: markTree(tree, file, report) }], registers)
}

function markTree(tree: Root, file: VFile, report: Report): Item[] {
  const items: Item[] = []
  const add = (node: InlineCode | Directives, found: Found | undefined) => {
    if (found) items.push({ kind: 'expression', node, found })
  }
  tree.children = tree.children.filter((node) => node.type !== 'yaml')
  unescapePipes(tree)
  labelEquations(tree, String(file))
  reportEquationLabels(tree, file)
  visit(tree, (node, _index, parent) => {
    if (node.type === 'code' && isCell(node)) items.push(...findCell(node, file, report))
    else if (node.type === 'code') items.push(...findListing(node, file))
    else if (node.type === 'inlineCode') add(node, findValue(node, file))
    else if (isDirective(node) && node.name === 'claim') add(node, findClaim(node, file))
    else if (node.type === 'table') reportLostCells(node, file)
    else if (node.type === 'heading') {
      takeHeadingAttributes(node, file)
      if (parent === tree) items.push({ kind: 'section', name: sectionBlock(node) })
    }
    const problem = takeGiven(node)
    if (problem !== undefined) fail(file, 'number-has-source', problem, node.position)
  })
  return items
}

// Names expressions by the section that they stand in, and takes the first cell of each label.
function collect(report: Report, chapters: readonly Marked[], registers: RegisterForms): ReportTree {
  const cells = new Map<string, Cell>()
  const listings: Listing[] = []
  const expressions: Expression[] = []
  const count = countNames()
  for (const { file, items } of chapters) {
    let block = ''
    for (const item of items) {
      if (item.kind === 'section') block = item.name
      else if (item.kind === 'listing') listings.push(item.listing)
      else if (item.kind === 'expression') {
        expressions.push(nameItem(item, block, { report, file, count }))
      } else {
        const { node, cell } = item
        const earlier = cells.get(cell.label)
        if (earlier) reportSecond(cell, earlier, file)
        else cells.set(cell.label, cell)
        setMark(node, earlier ? {} : { cell: cell.label })
      }
    }
  }
  const trees = chapters.map(({ file, tree }) => ({ file, tree }))
  return { report, chapters: trees, cells: [...cells.values()], listings, expressions, registers }
}

interface Naming {
  readonly report: Report
  readonly file: VFile
  count(name: string): string
}

function nameItem(
  item: Extract<Item, { kind: 'expression' }>,
  block: string,
  { report, file, count }: Naming,
): Expression {
  const { node, found, named } = item
  const expression = { ...found, file: file.path, position: node.position! }
  const name = named?.block === block ? named.name : expressionName(report, block, expression)
  const id = count(name)
  if (named?.expression.id === id) return named.expression
  const made = { id, ...expression }
  item.named = { block, name, expression: made }
  setMark(node, { expression: id })
  return made
}

function reportSecond({ label, position }: Cell, earlier: Cell, file: VFile): void {
  const where = `${earlier.file}:${earlier.position.start.line}`
  const reason = `Unexpected second cell \`#${label}\`, expected one: the first is at ${where}`
  fail(file, 'label-is-unique', reason, placeOfWords(file, position, `#${label}`))
}

// The rule that would go unchecked because of a mistyped name.
const rulesOfDirectives: { readonly [name: string]: Rule } = {
  claim: 'claim-holds',
  given: 'number-has-source',
  register: 'register-is-known',
}

function findCell(node: Code, file: VFile, report: Report): Item[] {
  if (isOpenFence(node, String(file))) return []
  const { label, options, problems } = readFence(node.meta!, report.front.echo)
  const position = node.position!
  for (const { rule, reason, words } of problems)
    fail(file, rule, reason, placeOfWords(file, position, words))
  if (problems.length > 0 || label === undefined) return []
  const lang = node.lang as Cell['lang']
  const cell = { label, lang, source: node.value, options, file: file.path, position }
  return [{ kind: 'cell', node, cell }]
}

function findListing(node: Code, file: VFile): Item[] {
  const fence = readListingFence(node)
  if (!fence) return []
  const { problems, ...listing } = fence
  const position = node.position!
  for (const { rule, reason, words } of problems)
    fail(file, rule, reason, placeOfWords(file, position, words))
  setMark(node, { listing: listing.label })
  return [{ kind: 'listing', listing: { ...listing, file: file.path, position } }]
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
