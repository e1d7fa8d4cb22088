import type { Message } from 'esbuild'
import type { Point, Position } from 'unist'
import type { Cell, Expression } from '../model/types.ts'

/** Gives the place in the chapter of an esbuild message about a cell. */
export function placeInCell({ location }: Message, cell: Cell, chapter: string): Point | Position {
  if (!location) return cell.position
  return pointInChapter({ line: location.line, column: columnOf(location) }, cell, chapter)
}

/**
 * Converts a point in a cell's code to its point in the chapter. The lines are the same; the columns are further right
 * if the fence is in a list or a quote.
 */
export function pointInChapter({ line, column }: Point, cell: Cell, chapter: string): Point | Position {
  if (line <= cell.position.start.line || line > cell.position.end.line) return cell.position
  const code = cell.source.split('\n')[line - cell.position.start.line - 1] ?? ''
  const whole = chapter.split('\n')[line - 1] ?? ''
  return { line, column: column + (whole.endsWith(code) ? whole.length - code.length : 0) }
}

/** Gives the place of an esbuild message about an expression, which started `before` lines into the parsed text. */
export function placeInExpression(
  { location }: Message,
  expression: Expression,
  before: number,
  chapter: string,
): Point | Position {
  const { source, position } = expression
  const text = chapter.slice(position.start.offset, position.end.offset)
  const at = text.indexOf(source)
  if (!location || location.line !== before + 1 || at < 0 || text.slice(0, at).includes('\n')) return position
  return { line: position.start.line, column: position.start.column + at + columnOf(location) - 1 }
}

// esbuild counts columns in bytes, from 0.
function columnOf({ lineText, column }: NonNullable<Message['location']>): number {
  return Buffer.from(lineText).subarray(0, column).toString('utf8').length + 1
}
