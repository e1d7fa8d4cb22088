import type { Root, RootContent } from 'mdast'
import type { Node, Point } from 'unist'
import type { Position } from '../model/types.ts'
import { visit } from '../model/visit.ts'
import { markdownProcessor } from './processor.ts'

/** A part of one line of a chapter, and where it begins. */
export interface SourceLine {
  readonly text: string
  readonly line: number
  readonly column: number
  readonly offset: number
}

/** Gives the lines of a node, without the marks of quotes and the indents that hold it. */
export function linesOf({ position }: { readonly position?: Position }, source: string): SourceLine[] {
  const { start, end } = position!
  let offset = start.offset!
  return source
    .slice(offset, end.offset)
    .split('\n')
    .map((text, index): SourceLine => {
      const held = index === 0 ? 0 : heldBy(text, start.column - 1)
      const line = {
        text: text.slice(held),
        line: start.line + index,
        column: 1 + held,
        offset: offset + held,
      }
      offset += text.length + 1
      return index === 0 ? { ...line, column: start.column } : line
    })
}

function heldBy(text: string, most: number): number {
  return /^[>\s]*/.exec(text.slice(0, most))![0].length
}

/** Gives a line from some character on. */
export function lineFrom({ text, line, column, offset }: SourceLine, from: number): SourceLine {
  return { text: text.slice(from), line, column: column + from, offset: offset + from }
}

// Most terms and captions have no markup, and a parser takes a millisecond for each.
function isPlain(text: string): boolean {
  return /^\p{L}[\p{L}\p{N} ,;()'’-]*\.?$/u.test(text)
}

function plainParagraph({ text, line, column, offset }: SourceLine): RootContent {
  const point = (at: number) => ({ line, column: column + at, offset: offset + at })
  const position = () => ({ start: point(0), end: point(text.length) })
  return {
    type: 'paragraph',
    children: [{ type: 'text', value: text, position: position() }],
    position: position(),
  }
}

/** Parses some lines of a chapter as Markdown of their own; positions are those in the chapter. */
export function parseLines(lines: readonly SourceLine[]): RootContent[] {
  const [only] = lines
  if (lines.length === 1 && isPlain(only!.text)) return [plainParagraph(only!)]
  const tree = markdownProcessor().parse(lines.map(({ text }) => text).join('\n')) as Root
  const seen = new Set<Point>()
  visit(tree as Node, ({ position }) => {
    for (const point of position ? [position.start, position.end] : []) {
      if (seen.has(point)) continue
      seen.add(point)
      const at = lines[point.line - 1]!
      Object.assign(point, {
        line: at.line,
        offset: at.offset + point.column - 1,
        // What stands before the text of a title is not in the file.
        column: Math.max(1, at.column + point.column - 1),
      })
    }
  })
  return tree.children
}
