import type { Paragraph, RootContent, Table } from 'mdast'
import type { Node } from 'unist'
import { type Attributes, isRead, readAttributes } from '../attributes.ts'
import { setMark } from '../marks.ts'
import { lineFrom, linesOf, parseLines, type SourceLine } from '../source-lines.ts'
import { captionNode, labelOf } from './captions.ts'
import { isDefinition, isTerm } from './definition-lists.ts'
import { placement } from './placement.ts'
import { elementNode, propertiesOf, type Taking, withClasses } from './taking.ts'

const beginning = /^ {0,3}(?:Table)?:[ \t]+(?=\S)/

/** Checks whether a paragraph is the caption of the table above or below it: `Table: words {#tbl-hand}`, `: words`. */
export function isTableCaption(node: Node, source: string): node is Paragraph {
  if (node.type !== 'paragraph' || !node.position) return false
  return beginning.test(linesOf(node, source)[0]!.text)
}

/** Puts the tables among some nodes into figures with their captions; returns the nodes. */
export function takeTables(nodes: readonly RootContent[], taking: Taking): RootContent[] {
  const made: RootContent[] = []
  for (let index = 0; index < nodes.length; index += 1) {
    const [node, next] = [nodes[index]!, nodes[index + 1]]
    if (node.type === 'table') {
      const last = captionRow(node, taking)
      const isBelow = !last && next !== undefined && isTableCaption(next, taking.source)
      const lines = last ?? (isBelow ? linesOf(next, taking.source) : undefined)
      const table = last ? { ...node, children: node.children.slice(0, -1) } : node
      made.push(lines ? tableFigure(table, lines, taking) : node)
      if (isBelow) index += 1
    } else if (next?.type === 'table' && isCaptionAbove(nodes, index, taking)) {
      made.push(tableFigure(next, linesOf(node, taking.source), taking))
      index += 1
    } else {
      reportLone(node, taking)
      made.push(node)
    }
  }
  return made
}

// A definition looks the same: its term stands above it, and the table has a caption of its own below.
function isCaptionAbove(nodes: readonly RootContent[], index: number, taking: Taking): boolean {
  const { source } = taking
  const [before, node, table, below, next] = [-1, 0, 1, 2, 3].map((shift) => nodes[index + shift])
  if (!isTableCaption(node!, source) || captionRow(table as Table, taking)) return false
  const isDefined = before !== undefined && isTerm(before, source) && isDefinition(node, source)
  return !(isDefined && below && isTableCaption(below, source) && next?.type !== 'table')
}

// Without an empty line before it, GFM reads a caption as the last row.
function captionRow(table: Table, { source }: Taking): SourceLine[] | undefined {
  const last = table.children.at(-1)
  if (!last?.position || table.children.length < 2 || last.children.length > 1) return undefined
  const lines = linesOf(last, source)
  const [{ text }] = lines as [SourceLine]
  const isOnly = table.children[0]!.children.length === 1 && !/\{#tbl[-:][^{}]*\}\s*$/.test(text)
  if (!beginning.test(text) || text.includes('|') || isOnly) return undefined
  return lines
}

function tableFigure(table: Table, lines: readonly SourceLine[], taking: Taking): RootContent {
  const [first, ...others] = lines as [SourceLine, ...SourceLine[]]
  const own = [lineFrom(first, beginning.exec(first.text)![0].length), ...others]
  const { words, attributes } = splitCaption(own)
  const start = { line: first.line, column: first.column, offset: first.offset }
  const place = {
    start,
    end: { ...start, column: start.column + first.text.length, offset: start.offset + first.text.length },
  }
  const label = labelOf('tbl', attributes, place, taking)
  const { id: _, ...properties } = propertiesOf(
    attributes,
    { what: 'a table', place, allowed: placement },
    taking,
  )
  const [paragraph] = taking.take(parseLines(words))
  const caption = paragraph?.type === 'paragraph' ? paragraph.children : []
  const position = {
    start: place.start.offset < table.position!.start.offset! ? place.start : table.position!.start,
    end: place.start.offset < table.position!.start.offset! ? table.position!.end : place.end,
  }
  const named = { ...withClasses(properties, 'weft-table'), ...(label === undefined ? {} : { id: label }) }
  const node = elementNode('weftBlock', 'figure', named, [captionNode(caption, place), table], position)
  if (label !== undefined && !taking.isFragment) setMark(node, { typed: label })
  return node
}

function splitCaption(lines: readonly SourceLine[]): { words: SourceLine[]; attributes: Attributes } {
  const none = { classes: [], pairs: {} }
  const last = lines.at(-1)!
  const braces = /(?<!\\)\{([^{}]*)\}[ \t]*$/.exec(last.text)
  const read = braces && readAttributes(braces[1]!)
  if (!read || !isRead(read)) return { words: [...lines], attributes: none }
  const rest = { ...last, text: last.text.slice(0, braces.index).trimEnd() }
  return { words: [...lines.slice(0, -1), rest], attributes: read }
}

function reportLone(node: RootContent, { source, report }: Taking): void {
  if (!isTableCaption(node, source)) return
  const label = /\{#(tbl[-:][^\s{}]*)[^{}]*\}\s*$/.exec(linesOf(node, source).at(-1)!.text)?.[1]
  if (label === undefined) return
  const reason = `Unexpected caption \`#${label}\` without a table, expected one directly above or below it`
  report({ rule: 'label-is-given', reason, place: node.position, isError: true })
}
