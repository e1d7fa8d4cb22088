import type { Position } from 'unist'
import type { Cell, Expression } from '../../model/types.ts'

/** A run of characters that a chapter and the source of a part share. */
export interface Shared {
  /** Offset in the chapter. */
  readonly at: number
  /** Offset in the source. */
  readonly from: number
  readonly length: number
}

/**
 * Finds where in its chapter the source of a cell, value or claim is written, as runs that both share: the lines of a
 * fence in a list or a quote have something before them, and the attribute of a claim may hold character references.
 * Empty if it is not found there.
 */
export function alignPart(part: Cell | Expression, chapter: string): readonly Shared[] {
  return 'label' in part ? alignCell(part, chapter) : alignExpression(part, chapter)
}

function alignCell({ source, position }: Cell, chapter: string): readonly Shared[] {
  const shared: Shared[] = []
  let at = nextLine(chapter, position.start.offset!)
  let from = 0
  for (const code of source.split('\n')) {
    const end = endOfLine(chapter, at)
    const line = chapter.slice(at, end)
    if (line.endsWith(code)) shared.push({ at: end - code.length, from, length: code.length })
    from += code.length + 1
    at = end + 1
  }
  return shared
}

function nextLine(text: string, offset: number): number {
  return endOfLine(text, offset) + 1
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end
}

function alignExpression({ kind, source, position }: Expression, chapter: string): readonly Shared[] {
  const [begin, end] = [position.start.offset!, position.end.offset!]
  const raw = chapter.slice(begin, end)
  const starts = kind === 'value' ? /\{ts[^{}]*\}\s+/g : /\bthat\s*=\s*["']?\s*/g
  for (const match of raw.matchAll(starts)) {
    const shared = alignFrom(match.index + match[0].length, raw, source)
    if (shared) return shared.map((one) => ({ ...one, at: one.at + begin }))
  }
  return []
}

// What stands in Markdown for one character of a source, if not that character itself; or a backslash that is none.
const spellings =
  /^(?:&(?:#(?<decimal>\d+)|#[xX](?<hex>[\da-fA-F]+)|(?<name>[a-zA-Z][a-zA-Z\d]*));|\\(?=\||[`{}'"])|\n[ \t>]*)/

function alignFrom(start: number, raw: string, source: string): Shared[] | undefined {
  const shared: Shared[] = []
  let [at, from] = [start, 0]
  while (from < source.length) {
    const begin = { at, from }
    while (from < source.length && raw[at] === source[from] && !isSpelled(raw, at, source, from)) {
      at++
      from++
    }
    if (from > begin.from) shared.push({ ...begin, length: from - begin.from })
    if (from === source.length) break
    const spelled = spellings.exec(raw.slice(at, at + 80))
    if (!spelled) return undefined
    const isLine = spelled[0].startsWith('\n')
    from += isLine ? 1 : lengthOf(spelled)
    // The marks of lists and quotes before a line are not in the source; spaces of the code are.
    const own = isLine ? /^[ \t]*/.exec(source.slice(from))![0].length : 0
    at += spelled[0].length - own
  }
  return shared
}

// `&amp;` begins with the character that it stands for, and a line end with itself.
function isSpelled(raw: string, at: number, source: string, from: number): boolean {
  if (raw[at] === '\n') return true
  if (raw[at] !== '&') return false
  const [reference] = /^&(?:#\d+|#[xX][\da-fA-F]+|[a-zA-Z][a-zA-Z\d]*);/.exec(raw.slice(at, at + 40)) ?? []
  return reference !== undefined && !source.startsWith(reference, from)
}

function lengthOf({ 0: text, groups }: RegExpExecArray): number {
  const { decimal, hex } = groups ?? {}
  if (text === '\\') return 0
  const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : 0
  return code > 0xffff ? 2 : 1
}

/** Converts an offset in a source to one in its chapter; undefined if it is not written there. */
export function toChapter(shared: readonly Shared[], offset: number): number | undefined {
  const found = shared.find(({ from, length }) => from <= offset && offset <= from + length)
  return found && found.at + offset - found.from
}

/** Converts an offset in a chapter to one in a source; undefined if that is not written there. */
export function toSource(shared: readonly Shared[], offset: number): number | undefined {
  const found = shared.find(({ at, length }) => at <= offset && offset <= at + length)
  return found && found.from + offset - found.at
}

/** Gives the position of some characters of a source in its chapter; that of the whole part if they are not there. */
export function placeOf(
  part: Cell | Expression,
  { offset, length = 0 }: { readonly offset?: number; readonly length?: number },
  chapter: string,
): Position {
  if (offset === undefined) return part.position
  const shared = alignPart(part, chapter)
  const start = toChapter(shared, offset)
  if (start === undefined) return part.position
  const end = toChapter(shared, offset + length)
  return { start: pointAt(chapter, start), end: pointAt(chapter, Math.max(end ?? start, start)) }
}

function pointAt(text: string, offset: number): Position['start'] {
  const before = text.lastIndexOf('\n', offset - 1)
  let line = 1
  for (let at = before; at >= 0; at = at === 0 ? -1 : text.lastIndexOf('\n', at - 1)) line++
  return { line, column: offset - before, offset }
}
