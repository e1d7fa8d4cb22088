import { limits } from '../model/limits.ts'
import { fail, hasErrors, Unreadable, UntrustedInputError } from '../model/messages.ts'
import type { Author, FrontMatter, Report } from '../model/types.ts'
import { cleanText } from './clean-text.ts'

/** What takes a parser too much, and the line that it begins on, from 1. */
class TooMuch extends UntrustedInputError {
  readonly line: number

  constructor(reason: string, line: number) {
    super(reason)
    this.line = line
  }
}

/**
 * Throws `TooMuch` for Markdown whose reading would take a parser beyond its stack or its time: quotes, lists or brackets
 * far within each other, blocks of very many lines or marks, very long lines.
 */
export function checkShape(markdown: string): void {
  if (markdown.length > limits.textBytes)
    throw new TooMuch(`expected at most ${limits.textBytes} characters, found ${markdown.length}`, 1)
  for (const block of blocksOf(markdown)) checkBlock(block)
  checkContainers(markdown)
}

// Each block between `:::` is parsed again in the one that holds it.
function checkContainers(markdown: string): void {
  let depth = 0
  for (const [index, line] of markdown.split(/\r\n?|\n/).entries()) {
    const [, rest] = /^[\s>]*:{3,}[ \t]*(.*)$/.exec(line) ?? []
    if (rest === undefined) continue
    depth = Math.max(0, depth + (rest.trim() === '' ? -1 : 1))
    if (depth > limits.nesting) refuse(`blocks ${depth} deep`, limits.nesting, index + 1)
  }
}

interface Block {
  /** From 1. */
  readonly line: number
  readonly lines: readonly string[]
}

function* blocksOf(markdown: string): Generator<Block> {
  let lines: string[] = []
  for (const [index, line] of markdown.split(/\r\n?|\n/).entries()) {
    if (line.trim() !== '') lines.push(line)
    else if (lines.length > 0) {
      yield { line: index + 1 - lines.length, lines }
      lines = []
    }
  }
  yield { line: markdown.split(/\r\n?|\n/).length + 1 - lines.length, lines }
}

function checkBlock({ line, lines }: Block): void {
  if (lines.length > limits.rows) refuse(`${lines.length} lines without a blank one`, limits.rows, line)
  for (const [index, text] of lines.entries()) checkLine(text, line + index)
  const text = lines.map(withoutPictures).join('\n')
  const depth = depthOf(text)
  if (depth > limits.nesting) refuse(`brackets ${depth} deep`, limits.nesting, line)
  const marks = text.match(/[*_[\]`~$<!:^=]/g)?.length ?? 0
  if (marks > limits.marks) refuse(`${marks} marks in one block`, limits.marks, line)
}

function checkLine(text: string, line: number): void {
  const length = withoutPictures(text).length
  if (length > limits.lineCharacters) refuse(`a line of ${length} characters`, limits.lineCharacters, line)
  const [head] = /^(?:[>\s]|[-+*](?=\s)|\d+[.)](?=\s))*/.exec(text)!
  const markers = head.match(/>|[-+*]|\d+/g)?.length ?? 0
  const indented = Math.floor((/^\s*/.exec(text)![0].length + 1) / 2)
  const depth = Math.max(markers, indented)
  if (depth > limits.nesting) refuse(`quotes and lists ${depth} deep`, limits.nesting, line)
}

function withoutPictures(line: string): string {
  return line.replace(/\(data:image\/[a-z]+;base64,[A-Za-z0-9+/=]*/g, '(')
}

function depthOf(text: string): number {
  let depth = 0
  let most = 0
  for (const [character] of text.matchAll(/[[\](){}]/g)) {
    depth = Math.max(0, depth + ('[({'.includes(character) ? 1 : -1))
    most = Math.max(most, depth)
  }
  return most
}

function refuse(found: string, most: number, line: number): never {
  throw new TooMuch(`expected at most ${most}, found ${found} at line ${line}`, line)
}

/**
 * Gives a report that was just read with a front matter that shows what it says. Throws `Unreadable`, with
 * `report-is-harmless` on its files, where reading its Markdown would take too much.
 */
export function checkReport(report: Report): Report {
  const { files, front } = report
  for (const file of files) {
    try {
      checkShape(String(file))
    } catch (cause) {
      const line = cause instanceof TooMuch ? cause.line : 1
      const reason = `Cannot read the Markdown, ${(cause as Error).message}`
      fail(file, 'report-is-harmless', reason, { line, column: 1 })
    }
  }
  const texts = [
    front.title,
    front.subtitle ?? '',
    ...(front.keywords ?? []),
    ...front.author.flatMap(textsOf),
  ]
  if (texts.some((text) => text.length > limits.titleCharacters) || texts.length > limits.titleCharacters) {
    const reason = `Unexpected title, authors or keywords, expected at most ${limits.titleCharacters} characters of each, and texts of them`
    fail(files[0]!, 'report-is-harmless', reason, { line: 1, column: 1 })
  }
  if (hasErrors(files)) throw new Unreadable(files)
  return { ...report, front: cleanFront(front) }
}

function textsOf({ name, affiliations, email = '' }: Author): readonly string[] {
  return [name, email, ...affiliations]
}

function cleanFront(front: FrontMatter): FrontMatter {
  const { title, subtitle, author, keywords } = front
  return {
    ...front,
    title: cleanText(title),
    ...(subtitle === undefined ? {} : { subtitle: cleanText(subtitle) }),
    ...(keywords === undefined ? {} : { keywords: keywords.map(cleanText) }),
    author: author.map(cleanAuthor),
  }
}

function cleanAuthor(author: Author): Author {
  const { name, affiliations, email } = author
  return {
    ...author,
    name: cleanText(name),
    affiliations: affiliations.map(cleanText),
    ...(email === undefined ? {} : { email: cleanText(email) }),
  }
}
