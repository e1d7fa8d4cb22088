import type { RootContent } from 'mdast'
import type { VFile } from 'vfile'
import { element } from '../model/element.ts'
import type { FrontMatter } from '../model/types.ts'
import { abstractFile, scalarOf } from './front-matter.ts'
import { lineFrom, parseLines, type SourceLine } from './source-lines.ts'

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
interface FrontNodes {
  /** Differs wherever the nodes or their places do. */
  readonly key: string
  readonly nodes: RootContent[]
}

/**
 * Parses what the front matter of a file puts before its text, at its places there: the abstract of report.md, with an
 * element that marks its end, or the title of a chapter as its first heading.
 */
export function frontNodes(file: VFile, front: FrontMatter, isMain: boolean): FrontNodes | undefined {
  if (!isMain) return parsed(linesOf(file, 'title', '# '))
  if (front.abstract === undefined || abstractFile(front) !== undefined) return undefined
  const own = parsed(linesOf(file, 'abstract'))
  const last = own?.nodes.at(-1)
  if (!own || !last) return undefined
  const end = { ...element('hr', { className: [endOfAbstract] }, []), position: last.position }
  return { ...own, nodes: [...own.nodes, end as unknown as RootContent] }
}

function parsed(lines: readonly SourceLine[]): FrontNodes | undefined {
  return lines.length === 0 ? undefined : { key: JSON.stringify(lines), nodes: parseLines(lines) }
}

// The lines of a text of the front matter, without what YAML needs round them. Folded ones keep their line ends: to
// Markdown it is the same, and every character has its place.
function linesOf(file: VFile, member: string, before = ''): readonly SourceLine[] {
  const scalar = scalarOf(file, member)
  if (!scalar) return []
  const { source, at, isBlock, value } = scalar
  const isQuoted = !isBlock && /^["']/.test(source)
  const isEscaped = isQuoted && (source.includes('\\') || source.slice(1, -1).includes("''"))
  if (isEscaped) return value.split('\n').map((text) => ({ text: before + text, ...at }))
  let { offset } = at
  const all = source.split('\n').map((text, index): SourceLine => {
    const line = { text, line: at.line + index, column: index === 0 ? at.column : 1, offset }
    offset += text.length + 1
    return line
  })
  const [first, ...rest] = isBlock ? unindented(all.slice(1)) : (isQuoted ? unquoted(all) : all).map(trimmed)
  if (!first) return []
  const { text, line, column } = first
  const size = before.length
  return [{ text: before + text, line, column: column - size, offset: first.offset - size }, ...rest]
}

function unindented(lines: readonly SourceLine[]): SourceLine[] {
  const indents = lines
    .filter(({ text }) => text.trim() !== '')
    .map(({ text }) => /^ */.exec(text)![0].length)
  const indent = Math.min(...indents)
  if (indents.length === 0) return []
  return lines.map((line) => lineFrom(line, Math.min(indent, line.text.length)))
}

function unquoted(lines: readonly SourceLine[]): SourceLine[] {
  return lines.map((line, index) => {
    const text = index === lines.length - 1 ? line.text.slice(0, -1) : line.text
    return lineFrom({ ...line, text }, index === 0 ? 1 : 0)
  })
}

function trimmed(line: SourceLine): SourceLine {
  return lineFrom(line, /^\s*/.exec(line.text)![0].length)
}
