import type { Code, FootnoteDefinition, InlineCode, Nodes, Root, RootContent, Table, Text } from 'mdast'
import type { Node, Parent } from 'unist'
import { shownBy } from '../execute/expressions.ts'
import { directionOf, languageOf, ownLanguage, wordsOfChapter } from '../model/language.ts'
import type { Chapter } from '../model/types.ts'
import { visit } from '../model/visit.ts'
import { type Words, wordsFor } from '../model/words.ts'
import { isAbstract } from '../syntax/abstract.ts'
import { equationLabel } from '../syntax/equations.ts'
import { markOf } from '../syntax/marks.ts'
import { isEscaped } from '../syntax/place-in-text.ts'
import { referenceForm } from '../syntax/reference-form.ts'
import { captionLabel, nameOf } from '../syntax/references.ts'
import { isRegister } from '../syntax/register-directive.ts'
import {
  floating,
  type GridCell,
  lineOf,
  type Piece,
  type Reading,
  type Shown,
  type Spot,
  stop,
} from './piece.ts'
import { blockEnd, fold, gap, maybeSpace } from './printed-text.ts'
import { readCell, readListing } from './read-cell.ts'
import { readRegister } from './read-register.ts'

/**
 * Reads a report as it must be printed, from its sources and the results alone; of what is made only as it is typeset,
 * registers come from there, and numbers of figures, tables and equations.
 */
export function readReportPieces(shown: Shown): Piece[] {
  return inPageOrder(shown.tree.chapters).flatMap(({ file, tree }) => {
    const isMain = file === shown.tree.chapters[0]!.file
    const reading: Reading = {
      ...shown,
      file: file.path,
      source: String(file),
      words: wordsOfChapter(file),
      isFromRight: directionOf(languageOf(file)) === 'rtl',
      definitions: definitionsIn(tree),
      noted: new Set(),
      read: readNode,
      // A line of the column beside it may be read before it.
      ...(shown.tree.report.front.columns === 2 ? { isBeside: true } : {}),
    }
    const blocks = tree.children.filter((node) => node.type !== 'footnoteDefinition')
    const pieces = blocks.flatMap((node) => [
      ...(!isAbstract(file) && beginsBody(node, isMain, blocks) ? [{ kind: 'body' } as const] : []),
      ...readNode(node, reading),
    ])
    return [...pieces, ...notesOf(reading), stop]
  })
}

// An abstract in a file of its own stands before what report.md says.
function inPageOrder(chapters: readonly Chapter[]): readonly Chapter[] {
  const [first, second, ...others] = chapters
  return first && second && isAbstract(second.file) ? [second, first, ...others] : chapters
}

// What the first chapter says before its first heading is the abstract.
function beginsBody(node: RootContent, isMain: boolean, blocks: readonly RootContent[]): boolean {
  const first = isMain ? blocks.find(({ type }) => type === 'heading') : blocks[0]
  return node === first
}

function definitionsIn(tree: Root): Map<string, FootnoteDefinition> {
  const found = new Map<string, FootnoteDefinition>()
  visit(tree, 'footnoteDefinition', (node: FootnoteDefinition) => {
    if (!found.has(node.identifier)) found.set(node.identifier, node)
  })
  return found
}

// Notes stand at the end of their chapter, in the order of their marks; a note may name another.
function notesOf(reading: Reading): Piece[] {
  const pieces: Piece[] = []
  for (const identifier of reading.noted) {
    const note = reading.definitions.get(identifier)
    if (note) pieces.push(stop, ...note.children.flatMap((node: Nodes) => readNode(node, reading)))
  }
  return pieces
}

const phrasing = [
  'emphasis',
  'strong',
  'delete',
  'link',
  'linkReference',
  'textDirective',
  'weftSpan',
  'mark',
]
const inner = [
  ...['root', 'paragraph', 'heading', 'blockquote', 'list', 'listItem', 'weftBlock'],
  ...['defList', 'defListTerm', 'defListDescription'],
]

/** Reads a node of a chapter, or of Markdown that a cell shows, in pieces. */
function readNode(node: Nodes, around: Reading): Piece[] {
  const lang = ownLanguage(node)
  const reading =
    lang === undefined
      ? around
      : { ...around, words: wordsFor(lang), isFromRight: directionOf(lang) === 'rtl' }
  switch (node.type) {
    case 'text':
      return [{ kind: 'text', text: reading.isFromRight ? gap : withoutReferences(node, reading) }]
    case 'inlineCode':
      return [readCode(node, reading)]
    case 'break':
      return [{ kind: 'text', text: ' ' }]
    case 'inlineMath':
      return [{ kind: 'text', text: gap }]
    case 'footnoteReference':
      reading.noted.add(node.identifier)
      return [{ kind: 'text', text: gap }]
    case 'footnoteDefinition':
      reading.definitions.set(node.identifier, reading.definitions.get(node.identifier) ?? node)
      return []
    case 'math':
      return readEquation(node, reading)
    case 'code':
      return readFence(node, reading)
    case 'table':
      return readTable(node, reading)
    default:
      if (isRegister(node)) return readRegister(node, reading)
      return 'children' in node ? readParent(node, reading) : [stop]
  }
}

// Raised and lowered words may stand a little apart from those beside them.
const shifted = ['subscript', 'superscript']

// A figure or table that its author typed.
function readTyped({ children, ...node }: Nodes & Parent, label: string, reading: Reading): Piece[] {
  const target = reading.targets.find((one) => one.label === label)
  const number = target && captionLabel(target, reading.words)
  const isCaption = (child: Node) => markOf(child)?.isCaption === true
  const pieces = children.flatMap((child) => {
    if (!isCaption(child)) return readNode(child as Nodes, reading)
    const words = (child as Parent).children.flatMap((one) => readNode(one as Nodes, reading))
    return [stop, captionPiece(words, number, child, reading), stop]
  })
  return children.some(isCaption) ? pieces : [...pieces, captionPiece([], number, node, reading), stop]
}

// Those of parts stand beside each other.
function captionPiece(
  words: readonly Piece[],
  number: string | undefined,
  node: Node,
  reading: Reading,
): Piece {
  const line = lineOf(words)
  const text = number === undefined ? line : line === '' ? fold(number) : `${fold(number)} ${line}`
  const isBeside = reading.isBeside === true || number?.startsWith('(') === true
  const isNumbered = number !== undefined && !number.startsWith('(')
  return {
    kind: 'block',
    what: 'caption',
    text,
    isBeside,
    isNumbered,
    spot: spotOfNode(node as Nodes, reading),
  }
}

function hasClass({ data }: Node, name: string): boolean {
  const { className } = (data as { hProperties?: { className?: unknown } } | undefined)?.hProperties ?? {}
  return Array.isArray(className) && className.includes(name)
}

// The browser prints small capitals as capitals of a smaller size.
function inCapitals(piece: Piece): Piece {
  if ('text' in piece) return { ...piece, text: piece.text.toUpperCase() }
  if (piece.kind !== 'grid') return piece
  const inRow = (row: readonly GridCell[]) => row.map((cell) => ({ ...cell, text: cell.text.toUpperCase() }))
  const { name, head, rows } = piece.grid
  return { ...piece, grid: { name, head: inRow(head), rows: rows.map(inRow) } }
}

function isFigure({ data }: Node): boolean {
  return (data as { hName?: unknown } | undefined)?.hName === 'figure'
}

function readParent(node: Nodes & Parent, reading: Reading): Piece[] {
  const inside = readInside(node, reading)
  const pieces = isFigure(node) ? floating(inside) : inside
  return hasClass(node, 'weft-smallcaps') ? pieces.map(inCapitals) : pieces
}

function readInside(node: Nodes & Parent, reading: Reading): Piece[] {
  const typed = markOf(node)?.typed
  if (typed !== undefined) return readTyped(node, typed, reading)
  if (hasClass(node, 'weft-row')) reading = { ...reading, isBeside: true }
  const isLine = node.type === 'paragraph' || node.type === 'heading' || phrasing.includes(node.type)
  const pieces = (node.children as Nodes[]).flatMap((child) =>
    // A tag in a line of prose does not end it.
    isLine && child.type === 'html' ? [{ kind: 'text', text: gap } as const] : readNode(child, reading),
  )
  if (node.type === 'textDirective' && markOf(node)?.expression !== undefined) {
    const spot = spotOfNode(node, reading)
    return [{ kind: 'open', spot }, ...pieces, { kind: 'close', spot }]
  }
  if (phrasing.includes(node.type)) return pieces
  if (shifted.includes(node.type))
    return [{ kind: 'text', text: maybeSpace }, ...pieces, { kind: 'text', text: maybeSpace }]
  if (markOf(node)?.isCaption) return [stop, captionPiece(pieces, undefined, node, reading), stop]
  return inner.includes(node.type) ? [...pieces, { kind: 'text', text: blockEnd }] : [stop, ...pieces, stop]
}

/** Gives the place of a node for messages: its own, or that of whatever shows it. */
function spotOfNode({ position }: Pick<Nodes, 'position'>, { file, owner }: Reading): Spot {
  return { file: owner?.file ?? file, position: owner?.position ?? position }
}

function readCode(node: InlineCode, reading: Reading): Piece {
  const { expression, value } = markOf(node) ?? {}
  if (expression === undefined && value === undefined)
    return { kind: 'text', text: reading.isFromRight ? gap : fold(node.value) }
  const { expressions } = reading.results
  const expressed =
    value === undefined ? expressions.get(expression!) : shownBy(reading.owner!, value, expressions)
  // What has no value is marked on the page, and has its own message.
  if (!expressed?.result?.ok) return stop
  const {
    expression: { id },
    result,
  } = expressed
  return { kind: 'value', text: fold(result.text), id, spot: spotOfNode(node, reading) }
}

function readEquation(node: Nodes, reading: Reading): Piece[] {
  const label = equationLabel(node)
  const target = reading.targets.find((one) => one.kind === 'equation' && one.label === label)
  if (label === undefined || target === undefined) return [stop]
  return [stop, { kind: 'equation', text: `(${target.number})`, spot: spotOfNode(node, reading) }, stop]
}

function readFence(node: Code, reading: Reading): Piece[] {
  const mark = markOf(node)
  if (mark?.cell !== undefined) return [stop, ...readCell(mark.cell, reading), stop]
  return mark?.listing === undefined ? [stop] : [stop, ...readListing(node, reading), stop]
}

function readTable(node: Table, reading: Reading): Piece[] {
  const [head = [], ...rows] = node.children.map((row) =>
    row.children.map((cell): GridCell => {
      const pieces = cell.children.flatMap((child) => readNode(child, reading))
      const value = pieces.find((piece) => piece.kind === 'value')
      return { text: lineOf(pieces), spot: value?.spot ?? spotOfNode(cell, reading) }
    }),
  )
  const spot = spotOfNode(node, reading)
  return [stop, { kind: 'grid', grid: { name: 'the table', head, rows }, spot }, stop]
}

// `@fig-depth` becomes `Figure 3`, and `[@kingma2015adam]` a number in brackets.
function withoutReferences(node: Text, { targets, source, words: own }: Reading): string {
  const { callout } = (node.data ?? {}) as { readonly callout?: keyof Words['callouts'] }
  if (callout !== undefined) return fold(own.callouts[callout])
  const named = fold(node.value).replace(referenceForm, (words, label: string, page?: string) => {
    const target = targets.find((one) => one.label === label)
    const isWritten = target === undefined || isEscaped(node, node.value.indexOf(words), words, source)
    return isWritten ? gap : fold(nameOf(target, own)) + (page === undefined ? '' : gap)
  })
  return named.replace(/\[[^[\]]*@\w[^[\]]*\]/g, gap).replace(/(?<![\w@/])@[A-Za-z][\w:-]*/g, gap)
}
