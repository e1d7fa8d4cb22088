import fs, { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { join, resolve, sep } from 'node:path'
import type { Message } from 'esbuild'
import type { Point, Position } from 'unist'
import { isInLib, weftHome } from '../model/home.ts'
import type { Cell, Expression } from '../model/types.ts'

/** A point of a bundle's code, from 1. */
export interface CodePoint {
  readonly line: number
  readonly column: number
}

/** A place in a source. */
export interface Source extends Point {
  /** Relative to the project's root. */
  readonly path: string
}

/** Finds the source of a point of a bundle; undefined if the map has none. */
export type FindSource = (point: CodePoint) => Source | undefined

/** Reads the JSON of a bundle's source map. */
export function sourcesOf(json: string): FindSource {
  const payload = JSON.parse(json) as ConstructorParameters<typeof SourceMap>[0]
  const map = new SourceMap({ ...payload, sourceRoot: '' })
  return ({ line, column }) => {
    const found = map.findEntry(line - 1, column - 1)
    if (!('originalSource' in found) || !found.originalSource) return undefined
    return {
      path: decodeURIComponent(found.originalSource),
      line: found.originalLine + 1,
      column: found.originalColumn + 1,
    }
  }
}

/** Reads the source map beside a bundle's file when it is first needed. */
export function sourcesBeside(path: string): FindSource {
  let find: FindSource | undefined
  return (point) => {
    find ??= sourcesOf(readFileSync(`${path}.map`, 'utf8'))
    return find(point)
  }
}

// The function as it is before the reads of a task are watched.
const { realpathSync } = fs
const realHome = realpathSync(weftHome())

/**
 * Says whether a source is the tool's own, whose questions to clock and files are not reported: a file of `lib`, or in
 * the tool's own repository a reader of data sets, which verifies the digest of what it reads.
 */
export function isOfTool({ path }: Source, root: string): boolean {
  const file = resolve(root, path)
  if (isInLib(file)) return true
  return realpathSync(root) === realHome && file.startsWith(join(root, 'src', 'experiments', 'data') + sep)
}

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

/** Gives the place in the chapter of a word of a cell's code, or of the whole cell if the word is not there just once. */
export function placeOfWord(word: string, cell: Cell, chapter: string): Point | Position {
  const literal = word.replace(/[^\w\s]/g, '\\$&')
  const [place, second] = [...cell.source.matchAll(new RegExp(`(?<![\\w$])${literal}(?![\\w$])`, 'g'))]
  if (word === '' || place === undefined || second !== undefined) return cell.position
  const before = cell.source.slice(0, place.index).split('\n')
  const point = { line: cell.position.start.line + before.length, column: before.at(-1)!.length + 1 }
  return pointInChapter(point, cell, chapter)
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
