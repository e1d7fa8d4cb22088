import type { Root, RootContent } from 'mdast'
import type { Point } from 'unist'
import { visit } from 'unist-util-visit'
import type { VFile } from 'vfile'
import { element } from '../model/element.ts'
import type { FrontMatter } from '../model/types.ts'
import { abstractFile, scalarOf } from './front-matter.ts'
import { markdownProcessor } from './processor.ts'

declare module 'vfile' {
  interface DataMap {
    /** Whether the file is the abstract of its report. */
    isAbstract: boolean
  }
}

/** Class of the element behind the last node of an abstract that the front matter holds. */
export const endOfAbstract = 'weft-abstract-end'

/** Whether a file is the abstract of its report. */
export function isAbstract({ data }: VFile): boolean {
  return data.isAbstract === true
}

/** Nodes that the front matter of a file holds, and what they are made of. */
export interface FrontNodes {
  /** Differs wherever the nodes or their places do. */
  readonly key: string
  readonly nodes: RootContent[]
}

/**
 * Parses what the front matter of a file puts before its text, at its places there: the abstract of report.md, with an
 * element that marks its end, or the title of a chapter as its first heading.
 */
export function frontNodes(file: VFile, front: FrontMatter, isMain: boolean): FrontNodes | undefined {
  if (!isMain) return parseLines(linesOf(file, 'title', '# '))
  if (front.abstract === undefined || abstractFile(front) !== undefined) return undefined
  const parsed = parseLines(linesOf(file, 'abstract'))
  const last = parsed?.nodes.at(-1)
  if (!parsed || !last) return undefined
  const end = { ...element('hr', { className: [endOfAbstract] }, []), position: last.position }
  return { ...parsed, nodes: [...parsed.nodes, end as unknown as RootContent] }
}

/** A line of Markdown, and where its first character stands in the file. */
interface Line {
  readonly text: string
  readonly at: Required<Point>
}

function parseLines(lines: readonly Line[]): FrontNodes | undefined {
  if (lines.length === 0) return undefined
  const tree = markdownProcessor().parse(lines.map(({ text }) => text).join('\n')) as Root
  visit(tree, (node) => {
    if (!node.position) return
    const { start, end } = node.position
    node.position = { start: placeOf(start, lines), end: placeOf(end, lines) }
  })
  return { key: JSON.stringify(lines), nodes: tree.children }
}

function placeOf({ line, column }: Point, lines: readonly Line[]): Point {
  const { at } = lines[Math.min(line, lines.length) - 1]!
  // What stands before the text of a title is not in the file.
  const shift = Math.max(column - 1, 1 - at.column)
  return { line: at.line, column: at.column + shift, offset: at.offset + shift }
}

// The lines of a text of the front matter, without what YAML needs round them. Folded ones keep their line ends: to
// Markdown it is the same, and every character has its place.
function linesOf(file: VFile, member: string, before = ''): readonly Line[] {
  const scalar = scalarOf(file, member)
  if (!scalar) return []
  const { source, at, isBlock, value } = scalar
  const isEscaped = /^["']/.test(source) && (source.includes('\\') || source.slice(1, -1).includes("''"))
  const raw = source.split('\n')
  const all = raw.map((text, index): Line => {
    const offset = raw.slice(0, index).join('\n').length + (index === 0 ? 0 : 1)
    return {
      text,
      at: { line: at.line + index, column: index === 0 ? at.column : 1, offset: at.offset + offset },
    }
  })
  if (isEscaped) return value.split('\n').map((text) => ({ text: before + text, at: all[0]!.at }))
  const lines = isBlock ? unindented(all.slice(1)) : all.map(({ text, at: place }) => trimmed(text, place))
  const [first, ...rest] = lines
  if (!first) return []
  return [{ text: before + first.text, at: moved(first.at, -before.length) }, ...rest]
}

function unindented(lines: readonly Line[]): Line[] {
  const indents = lines
    .filter(({ text }) => text.trim() !== '')
    .map(({ text }) => /^ */.exec(text)![0].length)
  const indent = Math.min(...indents)
  if (indents.length === 0) return []
  return lines.map(({ text, at }) => ({
    text: text.slice(indent),
    at: moved(at, Math.min(indent, text.length)),
  }))
}

// Text without a mark of its own, or in quotes.
function trimmed(text: string, at: Required<Point>): Line {
  const [before] = /^[\s"']*/.exec(text)!
  return { text: text.slice(before.length).replace(/["']$/, ''), at: moved(at, before.length) }
}

function moved({ line, column, offset }: Required<Point>, by: number): Required<Point> {
  return { line, column: column + by, offset: offset + by }
}
