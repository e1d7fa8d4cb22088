import { found } from '../../model/found.ts'
import { DataError, type Point } from './data-error.ts'

/** A line of a file of delimited values, perhaps over several lines of text. */
export interface Line {
  readonly fields: readonly string[]
  /** Where a field begins, by its index; the end of the line for one that is missing. */
  placeOf(index: number): Point
}

/**
 * Reads delimited values as RFC 4180 has them: a field in quotes may hold delimiters, line ends and doubled quotes.
 * Throws a `DataError` at a quote that is never closed.
 */
export function readDelimited(text: string, delimiter: string): Line[] {
  const places = placesIn(text)
  const lines: Line[] = []
  for (let at = 0; at < text.length; ) {
    const line = readLine(text, at, delimiter, places)
    at = line.end
    lines.push(line)
  }
  return lines
}

function readLine(text: string, from: number, delimiter: string, places: (offset: number) => Point) {
  const fields: string[] = []
  const offsets: number[] = []
  let at = from
  for (;;) {
    offsets.push(at)
    const field = text[at] === '"' ? quoted(text, at, { delimiter, places }) : plain(text, at, delimiter)
    fields.push(field.text)
    at = field.end
    if (text[at] === delimiter) at++
    else break
  }
  const last = at
  if (text[at] === '\r') at++
  if (text[at] === '\n') at++
  return { fields, placeOf: (index: number) => places(offsets[index] ?? last), end: at }
}

interface Field {
  readonly text: string
  readonly end: number
}

function plain(text: string, from: number, delimiter: string): Field {
  let end = from
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end++
  return { text: text.slice(from, end), end }
}

interface Delimited {
  readonly delimiter: string
  places(offset: number): Point
}

function quoted(text: string, from: number, { delimiter, places }: Delimited): Field {
  let value = ''
  for (let at = from + 1; ; ) {
    const end = text.indexOf('"', at)
    if (end < 0) throw new DataError('expected a closing quote, found the end of the file', places(from))
    value += text.slice(at, end)
    if (text[end + 1] !== '"') {
      assertClosed(text, end + 1, { delimiter, places })
      return { text: value, end: end + 1 }
    }
    value += '"'
    at = end + 2
  }
}

function assertClosed(text: string, end: number, { delimiter, places }: Delimited): void {
  const next = text[end]
  if (next === undefined || next === delimiter || next === '\r' || next === '\n') return
  const rest = /^[^\r\n]{0,20}/.exec(text.slice(end, end + 20))![0]
  const hint = /[,;\t|]/.test(next)
    ? `say with { delimiter: ${JSON.stringify(next)} } if that stands between fields`
    : 'double a quote that is part of the text'
  throw new DataError(
    `expected ${found(delimiter)} or the end of the line behind a closing quote, found ${found(rest)}: ${hint}`,
    places(end),
  )
}

/** Gives a function that finds the line and column of an offset, both from 1. */
export function placesIn(text: string): (offset: number) => Point {
  let starts: number[] | undefined
  return (offset) => {
    starts ??= [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)]
    const line = starts.findLastIndex((start) => start <= offset)
    return { line: line + 1, column: offset - starts[line]! + 1 }
  }
}
