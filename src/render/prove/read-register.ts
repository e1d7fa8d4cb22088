import type { Directives } from 'mdast-util-directive'
import type { Node } from 'unist'
import { type Grid, type GridCell, type Piece, type Reading, type Spot, stop } from './piece.ts'
import { fold, gap, maybeSpace } from './printed-text.ts'

interface Made extends Node {
  readonly value?: string
  readonly children?: readonly Made[]
  readonly data?: {
    readonly hName?: string
    readonly hProperties?: { readonly className?: unknown; readonly id?: unknown }
  }
}

/** Reads the table that a register was filled with, and its caption: data of the computed report. */
export function readRegister(node: Directives, reading: Reading): Piece[] {
  const filled = reading.registers.find(
    ({ file, position }) => file === reading.file && position?.start.offset === node.position?.start.offset,
  )
  const spot: Spot = { file: reading.file, position: node.position }
  return [stop, ...(filled?.nodes ?? []).flatMap((one) => readMade(one as Made, spot)), stop]
}

// What only a screen shows is not in the print, and what only paper shows is.
function readMade(node: Made, spot: Spot): Piece[] {
  if (classOf(node).includes('weft-screen')) return []
  if (classOf(node).includes('weft-paper'))
    return [{ kind: 'block', what: 'prose', text: printedWords(node, ''), spot }, stop]
  if (tagNameOf(node) === 'table') return [{ kind: 'grid', grid: gridOf(node, spot), spot }, stop]
  if (tagNameOf(node) === 'figcaption')
    return [{ kind: 'block', what: 'caption', text: printedWords(node, ''), spot }, stop]
  return (node.children ?? []).flatMap((child) => readMade(child, spot))
}

function gridOf(table: Made, spot: Spot): Grid {
  const rows = rowsBelow(table).map((row) =>
    (row.children ?? []).map((cell): GridCell => ({ text: printedWords(cell, maybeSpace), spot })),
  )
  const [head = [], ...body] = rows
  return { name: 'the register', head, rows: body }
}

function rowsBelow(node: Made): Made[] {
  return tagNameOf(node) === 'tr' ? [node] : (node.children ?? []).flatMap(rowsBelow)
}

// Lines and pieces of code within a cell may have a space between them or not.
function printedWords(node: Made, between: string): string {
  if (node.type === 'inlineMath' || node.type === 'html' || node.type === 'footnoteReference') return gap
  if (node.value !== undefined) return citedAs(fold(node.value))
  if (tagNameOf(node) === 'span' && classOf(node).includes('weft-citation')) return gap
  const words = (node.children ?? []).map((child) => printedWords(child, between)).join(between)
  return between === '' ? words : words.replace(/\uE003+/g, maybeSpace)
}

function citedAs(text: string): string {
  return text.replace(/\[[^[\]]*@\w[^[\]]*\]/g, gap)
}

function tagNameOf({ data }: Made): string {
  return data?.hName ?? ''
}

function classOf({ data }: Made): string {
  return String(data?.hProperties?.className ?? '')
}
