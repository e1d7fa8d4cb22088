import type { Element, ElementContent, Text } from 'hast'
import { wordsFor } from '../model/words.ts'
import { classesOf } from './hast.ts'
import { typographic } from './typographic.ts'

/** Elements with a line of their own: a quotation that begins in one ends there. */
const blockTags =
  /^(?:p|h[1-6]|li|ul|ol|dl|dt|dd|div|section|figure|figcaption|blockquote|table|thead|tbody|tr|th|td|caption|details|summary|nav|header|footer|aside|hr)$/
const wholeTags = ['code', 'kbd', 'samp', 'pre', 'svg', 'script', 'style', 'textarea']
const wholeClasses = ['weft-value', 'weft-citation', 'weft-reference', 'weft-failure', 'katex']

/**
 * Writes the straight quotes, the hyphens for dashes and the three dots of an author's prose as typography has them, by
 * the language of each part. Code, values, formulas, addresses and what cells show stay as they are: only text with a
 * place in the source is prose. Changes the nodes in place.
 */
export function setQuotes(nodes: readonly ElementContent[], lang: string): void {
  const lines: Piece[][] = [[]]
  for (const node of nodes) readInto(lines, node, { lang, isProse: false })
  for (const line of lines) setLine(line)
}

/** A text of a line, or something in it that stays as it is. */
type Piece = { readonly node: Text; readonly lang: string } | { readonly stays: string }

interface Place {
  readonly lang: string
  /** In a caption or another part that always is an author's. */
  readonly isProse: boolean
}

function readInto(lines: Piece[][], node: ElementContent, place: Place): void {
  const line = lines.at(-1)!
  if (node.type === 'text') {
    const isAuthors = place.isProse || node.position !== undefined
    line.push(isAuthors ? { node, lang: place.lang } : { stays: node.value })
    return
  }
  if (node.type !== 'element') return void (node.type === 'raw' && line.push({ stays: 'x' }))
  if (node.tagName === 'br') return void line.push({ stays: ' ' })
  if (isWhole(node)) return void line.push({ stays: 'x' })
  const { lang } = node.properties
  const inside = {
    lang: typeof lang === 'string' ? lang : place.lang,
    isProse: place.isProse || node.tagName === 'figcaption',
  }
  const isBlock = blockTags.test(node.tagName)
  if (isBlock) lines.push([])
  for (const child of node.children) readInto(lines, child, inside)
  if (isBlock) lines.push([])
}

// A link whose words are its address is an address.
function isWhole({ tagName, properties, children }: Element): boolean {
  if (wholeTags.includes(tagName) || classesOf({ properties } as Element).some(isWholeClass)) return true
  const [only] = children
  return tagName === 'a' && only?.type === 'text' && /^(?:https?:|www\.|mailto:)|@/.test(only.value)
}

function isWholeClass(name: string): boolean {
  return wholeClasses.includes(name)
}

const anySign = /["']|--|\.\.\./

function setLine(line: readonly Piece[]): void {
  if (!line.some((piece) => 'node' in piece && anySign.test(piece.node.value))) return
  const texts = line.map((piece) =>
    'node' in piece
      ? { text: piece.node.value, quotes: wordsFor(piece.lang).quotes }
      : { text: piece.stays, quotes: undefined },
  )
  for (const [index, text] of typographic(texts).entries()) {
    const piece = line[index]!
    if ('node' in piece) piece.node.value = text
  }
}
