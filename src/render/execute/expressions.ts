import type { InlineCode, Root } from 'mdast'
import type { Cell, Chapter, Expression, Listing, Output, RegisterForms, ReportTree } from '../model/types.ts'
import { visit } from '../model/visit.ts'
import { countNames, expressionName, labelBlock } from '../syntax/expression-ids.ts'
import { markedIn, markOf } from '../syntax/marks.ts'
import { parseFragment } from '../syntax/parse-fragment.ts'
import { captionOfAuthor, isRegister, placeOfRegister } from '../syntax/register-directive.ts'
import type { CellResult } from './cell-result.ts'
import type { Expressed, Expressions } from './evaluate.ts'

/** What Markdown outside the chapters belongs to: a cell, a listing or a register, where it stands. */
export type Owner = Pick<Expression, 'file' | 'position'>

/**
 * Lists all values and claims of a report: those of the chapters, then the values in what cells show, captions,
 * headings of tables and prose, and in the captions of fences and registers. The latter get their ids here; an
 * expression that a cell shows twice is there once.
 */
export function allExpressions(tree: ReportTree, cellResults: ReadonlyMap<string, CellResult>): Expression[] {
  const count = countNames()
  const found = [
    ...tree.cells.map((cell) => markdownOfCell(cell, cellResults.get(cell.label))),
    ...tree.listings.map(markdownOfListing),
    ...tree.chapters.flatMap((chapter) => markdownOfRegisters(chapter, tree.registers)),
  ]
  return [
    ...tree.expressions,
    ...found.flatMap(({ owner: { file, position }, block, texts }) =>
      valuesIn(texts, position).map((value): Expression => {
        const expression = { kind: 'value', ...value, file, position } as const
        return { id: count(expressionName(tree.report, block, expression)), ...expression }
      }),
    ),
  ]
}

/** Finds a value of what a cell, a listing or a register shows, by whose it is and its source. */
export function shownBy(
  { file, position }: Owner,
  source: string,
  expressions: Expressions,
): Expressed | undefined {
  // The trees in which it is looked for are copies of those in which it was found.
  const isAt = (one: Expression) =>
    one.file === file && one.position.start.offset === position.start.offset && one.source === source
  for (const expressed of expressions.values()) if (isAt(expressed.expression)) return expressed
  return undefined
}

interface Found {
  readonly owner: Owner
  readonly block: string
  /** Markdown. */
  readonly texts: readonly string[]
}

function markdownOfCell(cell: Cell, result: CellResult | undefined): Found {
  const shown = result && 'stored' in result ? (result.stored?.shown ?? []) : []
  const texts = [cell.options.caption ?? '', ...shown.flatMap(markdownOf)]
  return { owner: cell, block: labelBlock(cell.label), texts }
}

function markdownOfListing(listing: Listing): Found {
  return { owner: listing, block: labelBlock(listing.label), texts: [listing.caption ?? ''] }
}

function markdownOfRegisters({ file, tree }: Chapter, registers: RegisterForms): Found[] {
  const found: Found[] = []
  for (const node of tree.children.flatMap(markedIn)) {
    const place = isRegister(node) ? placeOfRegister(node, file) : undefined
    const own = place && captionOfAuthor(place, registers)
    if (!own) continue
    const { id, of } = place.attributes
    found.push({ owner: own, block: id ? labelBlock(id) : `::${of}`, texts: [own.caption] })
  }
  return found
}

/** Lists the Markdown in what a cell shows, where values may stand. */
export function markdownOf(output: Output): string[] {
  if (output.kind === 'scalar') return []
  if (output.kind === 'prose') return [output.markdown]
  const titles = output.kind === 'table' ? output.columns.map(({ title }) => title) : []
  return [...titles, output.caption ?? '']
}

type Value = Pick<Expression, 'source' | 'tolerance'>

// Parsing takes time. The place of an owner stays the same object as long as its text is the same.
const parsed = new WeakMap<Cell['position'], Map<string, readonly Value[]>>()

function valuesIn(texts: readonly string[], position: Cell['position']): Value[] {
  const known = parsed.get(position) ?? new Map<string, readonly Value[]>()
  parsed.set(position, known)
  const values = new Map<string, Value>()
  for (const text of texts) {
    // Most texts have none.
    if (!text.includes('{ts')) continue
    const own = known.get(text) ?? valuesOf(text, position)
    known.set(text, own)
    for (const value of own) if (!values.has(value.source)) values.set(value.source, value)
  }
  return [...values.values()]
}

function valuesOf(text: string, position: Cell['position']): Value[] {
  const values: Value[] = []
  const tree: Root = { type: 'root', children: parseFragment(text, position) }
  visit(tree, 'inlineCode', (node: InlineCode) => {
    const { value: source, tolerance } = markOf(node) ?? {}
    if (source !== undefined) values.push({ source, ...(tolerance && { tolerance }) })
  })
  return values
}
