import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { dataFile } from '../../bundle/data/data-kinds.ts'
import { readData } from '../../bundle/data/read-data.ts'
import type { Attributes } from '../../bundle/data/told.ts'
import { notebookHere } from './notebook-here.ts'

/**
 * Imports a file of the project as a cell does: the rows of a data file, JSON, a text, or a module.
 *
 * @param path from the project's folder
 */
export async function importFile(path: string, attributes: Attributes = {}): Promise<object> {
  const file = join(notebookHere().root, path)
  if (dataFile.test(path)) return { default: await rowsOf(file, attributes) }
  if (/\.(txt|md)$/.test(path)) return { default: readFileSync(file, 'utf8') }
  if (path.endsWith('.json')) {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return { ...(typeof value === 'object' && value), default: value }
  }
  return import(pathToFileURL(file).href)
}

/** Gives what `import.meta` says in a chapter, by its path from the project's folder. */
export function sourceOf(path: string): {
  readonly url: string
  readonly filename: string
  readonly dirname: string
} {
  const filename = join(notebookHere().root, path)
  return { url: pathToFileURL(filename).href, filename, dirname: dirname(filename) }
}

// Through JSON as in a build, where dates alone are more.
async function rowsOf(file: string, attributes: Attributes): Promise<unknown> {
  const { rows, dates } = await readData(file, attributes)
  const plain = JSON.parse(JSON.stringify(rows)) as Record<string, unknown>[]
  for (const row of plain)
    for (const column of dates) if (row[column] !== null) row[column] = new Date(row[column] as string)
  return plain
}
