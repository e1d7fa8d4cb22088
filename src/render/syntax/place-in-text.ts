import type { Text } from 'mdast'
import type { Position } from 'unist'

/**
 * Finds the position in the chapter of some words of a text. It searches the source of the text, since escapes and
 * character references make source and value differ. Gives the position of the whole text if it does not find the
 * words.
 *
 * @param index Index of the words in the text's value.
 */
export function placeInText(node: Text, index: number, words: string, chapter: string): Position | undefined {
  const offset = offsetInText(node, index, words, chapter)
  return offset === undefined ? node.position : positionAt(offset, words.length, chapter)
}

/** Checks whether a backslash before some words of a text takes away their special meaning. */
export function isEscaped(node: Text, index: number, words: string, chapter: string): boolean {
  const offset = offsetInText(node, index, words, chapter)
  return offset !== undefined && /(?<!\\)(?:\\\\)*\\$/.test(chapter.slice(Math.max(0, offset - 20), offset))
}

/**
 * Makes a separate node from a part of a text.
 *
 * @param from Where the part begins in the text's value; `before` is the position of the words in front of it.
 */
export function partOfText(node: Text, from: number, to: number, before: Position | undefined): Text {
  const value = node.value.slice(from, to)
  if (!node.position || !before || before === node.position)
    return { type: 'text', value, position: node.position }
  return { type: 'text', value, position: { start: before.end, end: node.position.end } }
}

function offsetInText({ value, position }: Text, index: number, words: string, chapter: string) {
  const start = position?.start.offset
  if (start === undefined) return undefined
  const source = chapter.slice(start, position?.end.offset)
  const earlier = value.slice(0, index).split(words).length
  const parts = source.split(words)
  return parts.length > earlier ? start + parts.slice(0, earlier).join(words).length : undefined
}

/** Gives the position of some characters of a text. */
export function positionAt(offset: number, length: number, text: string): Position {
  const starts = lineStarts(text)
  let [from, to] = [0, starts.length]
  while (to - from > 1) {
    const middle = (from + to) >> 1
    if (starts[middle]! <= offset) from = middle
    else to = middle
  }
  const [line, column] = [from + 1, offset - starts[from]! + 1]
  return { start: { line, column, offset }, end: { line, column: column + length, offset: offset + length } }
}

// Asked for many places of one chapter, one after the other.
let last: { readonly text: string; readonly starts: readonly number[] } | undefined

/** Gives where each line of a text begins. */
function lineStarts(text: string): readonly number[] {
  if (last?.text === text) return last.starts
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  last = { text, starts }
  return starts
}
