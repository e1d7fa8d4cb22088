import fs, { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { join, resolve, sep } from 'node:path'
import type { Point } from 'unist'
import { isInLib, weftHome } from '../model/home.ts'

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
