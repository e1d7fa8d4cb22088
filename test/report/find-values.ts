import type { Nodes, Root, Text } from 'mdast'
import { fileOf, readFrozen } from '../../src/render/execute/freezer.ts'
import type { LockedProfile } from '../../src/render/lock.ts'
import { readLock } from '../../src/render/lock.ts'
import { pathsOf } from '../../src/render/paths.ts'
import { foldText, pdfText } from '../../src/render/print/pdf-text.ts'
import { markOf } from '../../src/render/syntax/marks.ts'
import { parse } from '../../src/render/syntax/parse.ts'
import { markdownProcessor } from '../../src/render/syntax/processor.ts'
import { readReport } from '../../src/render/syntax/read-report.ts'
import type { Output } from '../../src/render/types.ts'

const contextLength = 20
// With less prose than this in its own block, a value is told by the blocks beside it too.
const tellingLength = 6
// Stand for what has no text that could be told from the source; all are of Unicode's private area.
const formula = '\uE000'
const blockEnd = '\uE001'
// Formulas of a page's last line stand behind its words.
const pageEnd = '\uE002'
const gaps = { [formula]: '.{0,120}?', [blockEnd]: '.{0,8}?' }

/** A text that a reader of the report must find. */
export interface Wanted {
  /** Where it comes from: `body.md:12`, `#tbl-digits`. */
  readonly place: string
  /** The value itself, or a row of a table, or a caption. */
  readonly text: string
  /** With its prose on both sides, folded. */
  readonly context: string
}

/**
 * Lists every value of an accepted report with 20 characters of its prose on both sides, every row of its tables
 * and every caption. It reads the sources and the accepted results alone, and nothing of the page.
 */
export function wantedValues(reportPath: string, profile = 'full'): Wanted[] {
  const paths = pathsOf(reportPath)
  const locked = readLock(paths.lock).profiles[profile]
  const tree = parse(readReport(reportPath, profile))
  if (locked?.shown.length !== tree.expressions.length)
    throw new Error(`Expected ${tree.expressions.length} accepted values, found ${locked?.shown.length}`)
  const values = tree.chapters.flatMap(({ file, tree: chapter }) =>
    contexts(piecesOf(chapter, locked.shown, file.path)),
  )
  const outputs = Object.entries(locked.cells).flatMap(([label, key]) => {
    const frozen = readFrozen(fileOf(paths.freeze, key), key)
    if (typeof frozen === 'string') throw new Error(`Cannot read the accepted result of #${label}, ${frozen}`)
    return frozen.shown.flatMap((output) => textsOf(output).map((text) => wholeOf(`#${label}`, text)))
  })
  return [...values, ...outputs]
}

/** Lists those texts that are not in the print of a report, or not as often as they should be. */
export async function missingValues(wanted: readonly Wanted[], pdf: Uint8Array): Promise<Wanted[]> {
  // A Buffer, which is a Uint8Array too, is not taken.
  const pages = await pdfText(new Uint8Array(pdf))
  // The end of a page may divide a word after its hyphen, as the end of a line may.
  const text = foldText(
    pages
      .map((page) => page.trim())
      .join(` ${pageEnd} `)
      .replaceAll(new RegExp(`(\\S[-–—/]) ${pageEnd} `, 'g'), '$1'),
  )
  return wanted.filter(({ context }) => {
    const times = wanted.filter((other) => other.context === context).length
    return [...text.matchAll(patternOf(context))].length < times
  })
}

/** A stretch of the report as it is read. */
type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly text: string; readonly place: string }
  /** What stands on its other side may be anywhere. */
  | { readonly kind: 'stop' }

const stop: Piece = { kind: 'stop' }

function piecesOf(tree: Root, shown: LockedProfile['shown'], file: string): Piece[] {
  // Footnotes are moved to the end of their chapter.
  const notes = tree.children.filter((node) => node.type === 'footnoteDefinition')
  const read = (node: Nodes): Piece[] => {
    const number = markOf(node)?.expression
    if (node.type === 'inlineCode' && number !== undefined)
      return [{ kind: 'value', text: shown[number]!.text, place: `${file}:${node.position!.start.line}` }]
    if (node.type === 'inlineCode') return [{ kind: 'text', text: node.value }]
    if (node.type === 'text') return [{ kind: 'text', text: withoutReferences(node) }]
    if (node.type === 'inlineMath' || node.type === 'footnoteReference')
      return [{ kind: 'text', text: formula }]
    if (node.type === 'break') return [{ kind: 'text', text: ' ' }]
    if (!('children' in node)) return [stop]
    const inner = node.children.flatMap(read)
    return isPhrasing(node) ? inner : [...inner, { kind: 'text', text: blockEnd }]
  }
  const body = tree.children.filter((node) => node.type !== 'footnoteDefinition').flatMap(read)
  return [...body, ...notes.flatMap((note) => [stop, ...note.children.flatMap(read)])]
}

const phrasing = ['emphasis', 'strong', 'delete', 'link', 'textDirective']

function isPhrasing(node: Nodes): boolean {
  return phrasing.includes(node.type)
}

// `@fig-depth` becomes `Figure 3`, and `[@kingma2015adam]` a number in brackets.
function withoutReferences({ value }: Text): string {
  return value
    .replace(/(?<![\w@/])@(?:fig|tbl|eq|sec|lst)-[a-z0-9-]*[a-z0-9]/g, formula)
    .replace(/\[[^[\]]*@\w[^[\]]*\]/g, formula)
}

function contexts(pieces: readonly Piece[]): Wanted[] {
  return pieces.flatMap((piece, index) => {
    if (piece.kind !== 'value') return []
    const sides = [pieces.slice(0, index).reverse(), pieces.slice(index + 1)] as const
    const own = sides.map(ownBlock)
    const isTelling = own.flat().reduce((sum, { text }) => sum + lengthOf(text), 0) >= tellingLength
    const [before, after] = isTelling ? own : sides
    const context = tidy(`${collect(before!, -1)}${piece.text}${collect(after!, 1)}`)
    return [{ place: piece.place, text: piece.text, context }]
  })
}

function ownBlock(side: readonly Piece[]): Exclude<Piece, { kind: 'stop' }>[] {
  const end = side.findIndex((piece) => piece.kind === 'stop' || piece.text === blockEnd)
  return side.slice(0, end < 0 ? undefined : end).filter((piece) => piece.kind !== 'stop')
}

// Takes pieces, the nearest first, until there are enough characters of text; they stand before (-1) or behind (1).
function collect(pieces: readonly Piece[], direction: -1 | 1): string {
  let side = ''
  for (const piece of pieces) {
    if (piece.kind === 'stop' || lengthOf(side) >= contextLength) break
    side = direction < 0 ? piece.text + side : side + piece.text
  }
  let characters = [...side.normalize('NFKC').replace(/\s+/gu, ' ')]
  while (lengthOf(characters.join('')) > contextLength)
    characters = direction < 0 ? characters.slice(1) : characters.slice(0, -1)
  return characters.join('')
}

function lengthOf(text: string): number {
  return [
    ...text
      .normalize('NFKC')
      .replace(/[\uE000\uE001]/g, '')
      .replace(/\s+/gu, ' '),
  ].length
}

function tidy(text: string): string {
  return foldText(text)
    .replace(/\s*([\uE000\uE001])\s*/g, '$1')
    .replace(/^[\uE000\uE001\s]+|[\uE000\uE001\s]+$/g, '')
}

function patternOf(context: string): RegExp {
  const escaped = context.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return new RegExp(
    escaped
      .replaceAll(' ', `(?: |.{0,40}? ${pageEnd} )`)
      .replace(/[\uE000\uE001]/g, (mark) => gaps[mark as keyof typeof gaps]),
    'gu',
  )
}

function textsOf(output: Output): string[] {
  const caption = 'caption' in output && output.caption ? [captionText(output.caption)] : []
  if (output.kind !== 'table') return caption
  return [...caption, ...output.rows.map((row) => output.columns.map(({ key }) => row[key]!.text).join(' '))]
}

function captionText(markdown: string): string {
  const tree = markdownProcessor().parse(markdown) as Root
  return piecesOf(tree, [], '')
    .map((piece) => ('text' in piece ? piece.text : formula))
    .join('')
}

function wholeOf(place: string, text: string): Wanted {
  return { place, text, context: tidy(text) }
}
