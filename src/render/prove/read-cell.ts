import type { Code, Nodes } from 'mdast'
import { titleOfKey } from '../model/output-types.ts'
import type { Cell, Listing, Output, Table } from '../model/types.ts'
import { captionTakers, countParts, idOfOutput } from '../output/draw/caption.ts'
import { parseFragment } from '../syntax/parse-fragment.ts'
import { captionLabel } from '../syntax/references.ts'
import { floating, type GridCell, lineOf, type Piece, type Reading, type Spot, stop } from './piece.ts'
import { blockEnd, fold } from './printed-text.ts'

/** Reads what a cell shows, as it stands in the report. */
export function readCell(label: string, reading: Reading): Piece[] {
  const cellResult = reading.results.cells.get(label)
  if (!cellResult) return []
  const { cell } = cellResult
  const listing = reading.targets.find((one) => one.label === label && one.kind === 'listing')
  const outputs = 'stored' in cellResult ? (cellResult.stored?.shown ?? []) : []
  const code = listing
    ? captionPieces(cell.options.caption, captionLabel(listing, reading.words), cell, reading)
    : []
  if (countParts(cell, outputs) > 1) return floating(groupPieces(cell, outputs, reading))
  return [
    ...code,
    ...outputs.flatMap((output, index) =>
      readOutput(
        output,
        index === 0 && !listing ? 0 : index + 1,
        captionTakers(outputs).indexOf(index) > 0 ? withoutCaption(cell) : cell,
        { ...reading, owner: cell },
      ),
    ),
  ]
}

// Several figures with one number, each with its letter.
function groupPieces(cell: Cell, outputs: readonly Output[], reading: Reading): Piece[] {
  const labelled = (id: string) => {
    const target = reading.targets.find(({ label }) => label === id)
    return target && captionLabel(target, reading.words)
  }
  const parts = outputs.flatMap((output, index) =>
    captionPieces(
      'caption' in output ? output.caption : undefined,
      labelled(idOfOutput(cell, outputs, index)),
      cell,
      reading,
    ),
  )
  return [...parts, ...captionPieces(cell.options.caption, labelled(cell.label), cell, reading)]
}

function withoutCaption({ options: { caption: _, ...options }, ...cell }: Cell): Cell {
  return { ...cell, options }
}

/** Reads the caption of a plain fence that is a listing. */
export function readListing(node: Code, reading: Reading): Piece[] {
  const listing = reading.tree.listings.find(
    ({ file, position }) => file === reading.file && position.start.offset === node.position?.start.offset,
  )
  if (!listing) return []
  const target = reading.targets.find(({ position }) => position === listing.position)
  return captionPieces(listing.caption, target && captionLabel(target, reading.words), listing, reading)
}

// The first has its cell's label for an id (0), the others a number too.
function readOutput(output: Output, number: number, cell: Cell, reading: Reading): Piece[] {
  const spot: Spot = cell
  const id = number === 0 ? cell.label : `${cell.label}-${number}`
  if (output.kind === 'scalar')
    return [
      { kind: 'block', what: 'prose', text: fold(output.text), output: id, isBeside: reading.isBeside, spot },
    ]
  if (output.kind === 'prose')
    return proseBlocks(parseFragment(output.markdown, cell.position, undefined, reading.words.lang), reading)
  const target =
    number === 0
      ? reading.targets.find(({ label, kind }) => label === cell.label && kind === output.kind)
      : undefined
  const words = output.caption ?? (cell.label.startsWith('lst-') ? undefined : cell.options.caption)
  const hasBest =
    output.kind === 'table' && output.rows.some((row) => Object.values(row).some(({ best }) => best))
  const caption = captionPieces(
    words,
    target && captionLabel(target, reading.words),
    cell,
    reading,
    hasBest ? reading.words.output.bestNote : '',
  )
  return floating(output.kind === 'table' ? [...caption, tablePiece(output, cell, reading), stop] : caption)
}

function captionPieces(
  markdown = '',
  number: string | undefined,
  owner: Cell | Listing,
  reading: Reading,
  note = '',
): Piece[] {
  const pieces = parseFragment(markdown, owner.position, undefined, reading.words.lang).flatMap((node) =>
    reading.read(node, { ...reading, owner }),
  )
  const line = lineOf(pieces)
  if (line === '' && number === undefined) return []
  const text = [number === undefined ? '' : fold(number), line, note].filter((part) => part !== '').join(' ')
  const isBeside = reading.isBeside === true || number?.startsWith('(') === true
  const isNumbered = number !== undefined && !number.startsWith('(')
  return [{ kind: 'block', what: 'caption', text, isBeside, isNumbered, spot: owner }, stop]
}

// Of prose that a cell made every block is found as one text: its numbers are no values.
function proseBlocks(nodes: readonly Nodes[], reading: Reading): Piece[] {
  const pieces = nodes.flatMap((node) => reading.read(node, reading))
  const blocks: Piece[] = []
  let block: Piece[] = []
  const end = () => {
    const text = lineOf(block)
    block = []
    if (/[\p{L}\p{N}]/u.test(text)) blocks.push({ kind: 'block', what: 'prose', text, spot: reading.owner! })
  }
  for (const piece of pieces) {
    const isBlockEnd = piece.kind === 'text' && piece.text === blockEnd
    const isInLine = ['text', 'value', 'open', 'close'].includes(piece.kind)
    if (isInLine && !isBlockEnd) block.push(piece)
    else {
      end()
      if (!isInLine) blocks.push(piece)
    }
  }
  end()
  return blocks
}

function tablePiece({ columns, rows }: Table, cell: Cell, reading: Reading): Piece {
  const asCell = (text: string): GridCell => ({ text, spot: cell })
  const head = columns.map(({ key, title }) => {
    if (title === titleOfKey(key)) return asCell(fold(key))
    const pieces = parseFragment(title, cell.position).flatMap((node) => reading.read(node, reading))
    // A title such as `1.` is no paragraph to Markdown, but here it is a line of text.
    return asCell(/[\p{L}\p{N}\uE000]/u.test(lineOf(pieces)) ? lineOf(pieces) : fold(title))
  })
  const body = rows.map((row) => columns.map(({ key }) => asCell(fold(row[key]?.text ?? ''))))
  return { kind: 'grid', grid: { name: `#${cell.label}`, head, rows: body }, spot: cell }
}
